package io.flexhandoff.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

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

    private static final int HASH_BYTES = 8;
    private static final char MARK = '~';
    private static final int MARK_LENGTH = 9;

    public Segment {
        language = LanguageTag.of(language);
    }

    /** Whether this is a final utterance, and not an interim result. */
    @JsonIgnore
    public boolean finished() {
        return isFinal == null || isFinal;
    }

    /** Of who says what: of two segments with the same id, those are repeats that have the same. */
    @JsonIgnore
    public String textHash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((speaker + "\n" + text).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The same under an id of its own, always the same one: for a text whose id another has. */
    public Segment underOwnId() {
        return new Segment(id + mark(), sequence, speaker, text, spokenAt, language, isFinal);
    }

    /** Whether it has an id of its own, because another text has the one that it came with. */
    @JsonIgnore
    public boolean isRenamed() {
        return id.length() > MARK_LENGTH && id.charAt(id.length() - MARK_LENGTH) == MARK && id.endsWith(mark());
    }

    /** What happened to the id that it came with, in words. */
    @JsonIgnore
    public String reusedId() {
        return "segment " + id.substring(0, id.length() - MARK_LENGTH)
                + " came again with another text, which is kept as " + id;
    }

    private String mark() {
        return MARK + textHash().substring(0, MARK_LENGTH - 1);
    }

    /** Whether the caller said it. */
    @JsonIgnore
    public boolean byCaller() {
        return "caller".equals(speaker);
    }
}
