/** The URLs that Twilio calls: whether Twilio has sent a request, and what it says. It does not know how a call is handed over. */
package io.flexhandoff.door;
