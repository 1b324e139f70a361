package io.flexhandoff.api;

import io.flexhandoff.thread.TextParts;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was taken of a request.
 *
 * @param warnings what of it was not, by the names of its fields; the request counts all the same
 */
public record Taken<T>(T value, List<String> warnings) {

    /** As the ledger's column. */
    private static final int LEFT_OUT_LIMIT = 1000;

    /** The same with further warnings. */
    public Taken<T> with(List<String> more) {
        return new Taken<>(
                value, Stream.concat(warnings.stream(), more.stream()).toList());
    }

    /** All warnings in one text, cut where it is too long for a step of a handoff; {@code null} for none. */
    public String leftOut() {
        return warnings.isEmpty() ? null : TextParts.cut(String.join("; ", warnings), LEFT_OUT_LIMIT);
    }
}
