/** Whether what the application cannot do without can be used. It asks, and mends nothing. */
package io.flexhandoff.health;
