package io.flexhandoff.enrichment;

import io.flexhandoff.event.Escalation;

/**
 * What the enrichment of a handoff works on.
 *
 * @param conversationSid the call's thread, or {@code null} when it could not be opened
 */
public record EnrichmentRequest(String org, String callSid, Escalation escalation, String conversationSid) {}
