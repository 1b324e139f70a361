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
 * @param assumed names of those that nobody gave and nothing told: they hold a neutral value, which the note leaves out
 * @param noteLanguage BCP-47 tag of the language in which reps read the note, or {@code null} for English
 */
public record HandoffContext(
        String reason,
        String summary,
        String sentiment,
        String language,
        Set<String> derived,
        Set<String> assumed,
        String noteLanguage) {

    public HandoffContext {
        derived = derived == null ? Set.of() : derived;
        assumed = assumed == null ? Set.of() : assumed;
    }
}
