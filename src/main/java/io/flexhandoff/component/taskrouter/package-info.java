/** The Camel component {@code twilio-taskrouter}: tasks, reservations and workers. It knows no event and no handoff. */
package io.flexhandoff.component.taskrouter;
