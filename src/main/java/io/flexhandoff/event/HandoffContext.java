package io.flexhandoff.event;

import java.util.Set;

/**
 * What the rep gets to know in a glance; no field is ever empty.
 *
 * @param reason short phrase
 * @param summary one paragraph, uncut
 * @param sentiment {@code positive}, {@code neutral} or {@code negative}
 * @param language BCP-47 tag
 * @param derived names of the fields above that were derived because the AI did not give them
 */
public record HandoffContext(String reason, String summary, String sentiment, String language, Set<String> derived) {}
