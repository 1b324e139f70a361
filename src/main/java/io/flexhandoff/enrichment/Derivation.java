package io.flexhandoff.enrichment;

import io.flexhandoff.thread.TextParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells from the turns themselves what the AI did not say; every answer is {@code null} when the turns do not tell.
 * Bound as {@code derivation}.
 */
public final class Derivation {

    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}']+");
    private static final Set<String> NEGATIVE = Set.of(
            "angry",
            "awful",
            "bad",
            "broken",
            "cancel",
            "complain",
            "complaint",
            "disappointed",
            "fraud",
            "frustrated",
            "furious",
            "lost",
            "never",
            "outrageous",
            "overcharged",
            "problem",
            "ridiculous",
            "stolen",
            "stranded",
            "terrible",
            "twice",
            "unacceptable",
            "unhappy",
            "upset",
            "useless",
            "worst",
            "wrong");
    private static final Set<String> POSITIVE = Set.of(
            "amazing",
            "appreciate",
            "excellent",
            "glad",
            "good",
            "great",
            "happy",
            "helpful",
            "kind",
            "love",
            "lovely",
            "nice",
            "perfect",
            "pleased",
            "thank",
            "thanks",
            "wonderful");
    private static final int REASON_LENGTH = 100;
    private static final int TURN_LENGTH = 240;
    private static final int LAST_TURNS = 3;

    private final String defaultLanguage;

    public Derivation(String defaultLanguage) {
        this.defaultLanguage = defaultLanguage;
    }

    /** The language of the latest turn that names one, or the default. */
    public String language(List<Turn> turns) {
        return turns.stream()
                .map(Turn::language)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(defaultLanguage);
    }

    /** Whether negative or positive English words prevail in what the caller said. */
    public String sentiment(List<Turn> turns) {
        int balance = 0;
        for (Turn turn : turns) {
            if (turn.byCaller()) {
                for (String word : NOT_LETTERS.split(turn.text().toLowerCase())) {
                    balance += POSITIVE.contains(word) ? 1 : NEGATIVE.contains(word) ? -1 : 0;
                }
            }
        }
        return balance > 0 ? "positive" : balance < 0 ? "negative" : "neutral";
    }

    /** The caller's last words. */
    public String reason(List<Turn> turns) {
        return turns.stream()
                .filter(Turn::byCaller)
                .reduce((earlier, later) -> later)
                .map(turn -> "Caller: " + TextParts.cut(turn.text(), REASON_LENGTH))
                .orElse(null);
    }

    /** The caller's first words and the latest turns. */
    public String summary(List<Turn> turns) {
        if (turns.isEmpty()) {
            return null;
        }
        int tail = Math.max(0, turns.size() - LAST_TURNS);
        List<Turn> told = new ArrayList<>();
        turns.subList(0, tail).stream().filter(Turn::byCaller).findFirst().ifPresent(told::add);
        told.addAll(turns.subList(tail, turns.size()));
        return told.stream()
                .map(turn -> (turn.byCaller() ? "Caller: " : "AI: ") + TextParts.cut(turn.text(), TURN_LENGTH))
                .collect(Collectors.joining(" "));
    }
}
