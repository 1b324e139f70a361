/** What the components share. */
package io.flexhandoff.component;
