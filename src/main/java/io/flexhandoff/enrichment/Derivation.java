package io.flexhandoff.enrichment;

import io.flexhandoff.thread.TextParts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells from the turns themselves, on this machine, what nobody else said; every answer is {@code null} when the turns do
 * not tell. How well it does is measured by {@code DerivationQualityTest}. Bound as {@code derivation}.
 */
public final class Derivation {

    private static final int REASON_LENGTH = 120;
    private static final int SUMMARY_LENGTH = 360;
    private static final double NEGATIVE = -2;
    private static final double POSITIVE = 2;

    /** How much more the last turn weighs than the first. */
    private static final double RECENT = 0.5;

    private final LanguageDetection detection;
    private final Map<String, Optional<MoodWords>> moods = new ConcurrentHashMap<>();

    public Derivation(LanguageDetection detection) {
        this.detection = detection;
    }

    /**
     * The language that the AI phone named for the caller's latest turn, or the one that the caller's words tell: all of them,
     * or when they tell no single one the latest turn that does.
     */
    public String language(List<Turn> turns) {
        List<Turn> caller = byCaller(turns);
        List<String> spoken = caller.stream().map(Turn::text).toList();
        return Stream.<Supplier<String>>of(
                        () -> latest(caller.stream().map(Turn::language)),
                        () -> detection.detect(String.join("\n", spoken)),
                        () -> latest(spoken.stream().map(detection::detect)))
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String latest(Stream<String> languages) {
        return languages
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /**
     * How the caller comes across: {@code positive}, {@code neutral} or {@code negative}. Each turn is read in its own
     * language; later ones weigh more, and of those that are merely polite the last alone counts.
     *
     * @param language of the call, for turns that are too short to tell theirs; may be {@code null}
     */
    public String sentiment(List<Turn> turns, String language) {
        List<Turn> caller = byCaller(turns);
        double sum = 0;
        double courtesy = 0;
        boolean understood = false;
        for (int at = 0; at < caller.size(); at++) {
            Turn turn = caller.get(at);
            MoodWords own = mood(turn.language() == null ? detection.detect(turn.text()) : turn.language());
            MoodWords mood = own == null ? mood(language) : own;
            if (mood != null) {
                understood = true;
                double weight = mood.weigh(turn.text());
                double recent = weight * (1 + RECENT * (at + 1) / caller.size());
                if (weight > 0 && weight <= MoodWords.COURTESY) {
                    courtesy = recent;
                } else {
                    sum += recent;
                }
            }
        }
        if (!understood) {
            return null;
        }
        sum += courtesy;
        return sum >= POSITIVE ? "positive" : sum <= NEGATIVE ? "negative" : "neutral";
    }

    /** The caller's sentence that tells most, in quotation marks. */
    public String reason(List<Turn> turns, String language) {
        return quoted(keySentences(turns, language).best(0), REASON_LENGTH);
    }

    /** The caller's sentences that tell most, in quotation marks. */
    public String summary(List<Turn> turns, String language) {
        return quoted(keySentences(turns, language).best(SUMMARY_LENGTH), SUMMARY_LENGTH);
    }

    private KeySentences keySentences(List<Turn> turns, String language) {
        MoodWords mood = mood(language);
        return new KeySentences(turns, word -> mood != null && mood.weigh(word) > 0);
    }

    private static String quoted(List<String> sentences, int length) {
        return sentences.isEmpty() ? null : "“" + TextParts.cut(String.join(" ", sentences), length) + "”";
    }

    private MoodWords mood(String language) {
        return language == null
                ? null
                : moods.computeIfAbsent(
                                Locale.forLanguageTag(language).getLanguage(),
                                code -> Optional.ofNullable(MoodWords.of(code)))
                        .orElse(null);
    }

    private static List<Turn> byCaller(List<Turn> turns) {
        return turns.stream().filter(Turn::byCaller).toList();
    }
}
