/**
 * Twilio and Flex, played after Twilio's own documents: their APIs, what they keep, what callers hear, the webhooks they send. It does not
 * know who looks at it, nor anything of the handoff.
 */
package io.flexhandoff.sandbox.twilio;
