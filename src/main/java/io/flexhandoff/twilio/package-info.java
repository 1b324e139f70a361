/** The way to Twilio's API: connections, logins, an org's gate with its limit and its circuit breaker. It does not know what is asked. */
package io.flexhandoff.twilio;
