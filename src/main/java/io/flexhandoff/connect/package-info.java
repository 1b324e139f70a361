/** Sets an org's Twilio account up for handoffs, and back. Whatever it changes it plans first, and keeps what was there. */
package io.flexhandoff.connect;
