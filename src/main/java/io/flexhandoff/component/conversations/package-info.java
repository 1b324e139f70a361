/** The Camel component {@code twilio-conversations}: the thread of a call, written once each. It knows no event and no handoff. */
package io.flexhandoff.component.conversations;
