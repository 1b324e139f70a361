package io.flexhandoff.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One utterance of the caller or the AI.
 *
 * @param id unique within the call
 * @param sequence position within the call, counted from 1 without gaps
 * @param speaker {@code caller} or {@code ai}
 * @param text what was said
 * @param spokenAt when it was said
 * @param language BCP-47 tag; what names a language becomes its tag, what names none {@code null}
 * @param isFinal {@code false} for an interim result, which never reaches the thread; {@code null} means final
 */
public record Segment(
        String id,
        int sequence,
        String speaker,
        String text,
        Instant spokenAt,
        String language,
        @JsonProperty("final") Boolean isFinal) {

    public Segment {
        language = LanguageTag.of(language);
    }

    /** Whether this is a final utterance, and not an interim result. */
    @JsonIgnore
    public boolean finished() {
        return isFinal == null || isFinal;
    }

    /** Whether the caller said it. */
    @JsonIgnore
    public boolean byCaller() {
        return "caller".equals(speaker);
    }
}
