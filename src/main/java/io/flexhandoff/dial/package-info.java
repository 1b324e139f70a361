/**
 * Connects a caller with a phone number or a SIP address: what is dialed, what the human there gets to know, and what became of it. It
 * knows no task, and nothing of Flex; a contact center of one's own begins as a copy of it and of {@code routes/dial}.
 */
package io.flexhandoff.dial;
