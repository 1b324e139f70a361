/** The page that plays caller and rep, its API, and the demo's calls. It knows what the played Twilio shows, not what it keeps, and the product by its public API alone. */
package io.flexhandoff.sandbox.desk;
