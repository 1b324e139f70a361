package io.flexhandoff.org;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who misspelt a name. */
public final class SimilarName {

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private static final int FEW = 2;

    private SimilarName() {}

    /** The known name that is nearest: two letters may be other ones, or a third of those after the first dot or colon. */
    public static Optional<String> of(String name, Stream<String> known) {
        return known.min(Comparator.comparingInt(each -> distance(name, each)))
                .filter(nearest ->
                        distance(name, nearest) <= Math.max(FEW, Math.max(telling(name), telling(nearest)) / 3));
    }

    private static int telling(String name) {
        return name.replaceFirst("^[a-z-]*[.:]", "").length();
    }

    /** {@code " (did you mean …?)"}, or nothing. */
    static String words(String name, Stream<String> known) {
        return of(name, known)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse("");
    }

    /** How many letters are other than they should be. */
    public static int distance(String name, String known) {
        return DISTANCE.apply(name, known);
    }
}
