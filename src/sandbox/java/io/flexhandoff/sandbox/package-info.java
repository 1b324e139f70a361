/** Twilio, its faults and the desk as one server, in this process or in one of its own. It knows nothing of the handoff. */
package io.flexhandoff.sandbox;
