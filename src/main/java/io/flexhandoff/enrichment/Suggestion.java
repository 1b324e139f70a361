package io.flexhandoff.enrichment;

/**
 * What a language model says of a call, each field checked; {@code null} where it said nothing usable.
 *
 * @param reason short phrase, one line
 * @param summary one paragraph
 * @param sentiment {@code positive}, {@code neutral} or {@code negative}
 * @param language BCP-47 tag
 */
public record Suggestion(String reason, String summary, String sentiment, String language) {}
