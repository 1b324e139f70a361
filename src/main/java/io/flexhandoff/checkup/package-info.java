/** Finds out what is wrong between an org and its Twilio account. It reads, and changes nothing. */
package io.flexhandoff.checkup;
