/** The API that AI phone platforms call: whether a request may come in, whether it keeps the contract, and what event it becomes. It knows nothing of Twilio's requests, and of what becomes of an event only what the ledger says. */
package io.flexhandoff.api;
