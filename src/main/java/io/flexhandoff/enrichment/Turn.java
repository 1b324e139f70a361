package io.flexhandoff.enrichment;

/**
 * What was said, by whom.
 *
 * @param language BCP-47 tag, may be {@code null}
 */
public record Turn(boolean byCaller, String text, String language) {}
