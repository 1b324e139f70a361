/** What goes wrong between the product and Twilio, for who rehearses it: faults, which requests and webhooks they strike, and their API. It does not know what Twilio keeps. */
package io.flexhandoff.sandbox.faults;
