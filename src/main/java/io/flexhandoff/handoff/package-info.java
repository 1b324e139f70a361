/** The course of a handoff beside the call's own: what became of its task, and who of a team waits for it. */
package io.flexhandoff.handoff;
