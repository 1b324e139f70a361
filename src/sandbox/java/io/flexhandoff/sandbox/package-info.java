/** Twilio and Flex played in this process, with a caller, an AI and a rep, after Twilio's own documents. It knows nothing of the handoff. */
package io.flexhandoff.sandbox;
