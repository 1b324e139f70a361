/** The course of a handoff, whatever the contact center: who of a team waits for a state, and calls that were soon over. */
package io.flexhandoff.handoff;
