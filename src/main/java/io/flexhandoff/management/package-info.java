/** How beans become MBeans that people can use in Hawtio, at little cost. It knows none of them. */
package io.flexhandoff.management;
