/** The database of the handoffs, and how it is written by many at once. It knows no route and no request of Twilio. */
package io.flexhandoff.ledger;
