/** The commands of the executable jar. What they do is done elsewhere: here it is asked for and shown. */
package io.flexhandoff.command;
