package io.flexhandoff.enrichment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The words of one language by which callers show how they feel, from {@code enrichment/sentiment/<language>.txt}: what a
 * word or phrase weighs, below 0 for displeasure.
 */
final class MoodWords {

    /** How many words before a good one a negation turns it round. */
    private static final int NEGATION_REACH = 2;

    /** Courtesy is no joy: all polite words of a turn weigh no more than this. */
    static final double COURTESY = 1;

    private record Phrase(List<String> rest, int weight) {}

    private final Map<String, List<Phrase>> words = new HashMap<>();
    private final Map<String, List<Phrase>> stems = new HashMap<>();
    private final Set<String> negations = new HashSet<>();

    private MoodWords() {}

    /** The words of a language, or {@code null} when there are none. */
    static MoodWords of(String language) {
        try (InputStream file = MoodWords.class.getResourceAsStream("/enrichment/sentiment/" + language + ".txt")) {
            return file == null ? null : read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MoodWords read(InputStream file) throws IOException {
        MoodWords mood = new MoodWords();
        BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int colon = line.indexOf(':');
            if (line.startsWith("#") || colon < 0) {
                continue;
            }
            for (String entry : line.substring(colon + 1).split(",")) {
                if (line.startsWith("not:")) {
                    mood.negations.addAll(units(entry));
                } else {
                    mood.add(entry.strip(), Integer.parseInt(line.substring(0, colon)));
                }
            }
        }
        return mood;
    }

    private void add(String entry, int weight) {
        List<String> phrase = units(entry);
        (entry.endsWith("*") ? stems : words)
                .computeIfAbsent(phrase.get(0), first -> new ArrayList<>())
                .add(new Phrase(phrase.subList(1, phrase.size()), weight));
    }

    /** What a turn weighs. */
    double weigh(String text) {
        List<String> spoken = units(text);
        double sum = 0;
        double courtesy = 0;
        for (int at = 0; at < spoken.size(); ) {
            Phrase found = longest(spoken, at);
            if (found == null) {
                at++;
                continue;
            }
            if (negated(spoken, at)) {
                sum -= found.weight > 0 ? 2 : 0;
            } else if (found.weight == 1) {
                courtesy++;
            } else {
                sum += found.weight;
            }
            at += 1 + found.rest.size();
        }
        return sum + Math.min(courtesy, COURTESY);
    }

    private Phrase longest(List<String> spoken, int at) {
        String word = spoken.get(at);
        List<Phrase> candidates = new ArrayList<>(words.getOrDefault(word, List.of()));
        for (int length = 1; length <= word.length(); length++) {
            candidates.addAll(stems.getOrDefault(word.substring(0, length), List.of()));
        }
        Phrase longest = null;
        for (Phrase phrase : candidates) {
            int end = at + 1 + phrase.rest.size();
            if (end <= spoken.size()
                    && spoken.subList(at + 1, end).equals(phrase.rest)
                    && (longest == null || phrase.rest.size() > longest.rest.size())) {
                longest = phrase;
            }
        }
        return longest;
    }

    /** The words, or each character where no spaces stand between words. */
    private static List<String> units(String text) {
        return SpokenWords.of(text).stream()
                .flatMap(word -> word.codePoints().anyMatch(MoodWords::isUnspaced)
                        ? word.codePoints().mapToObj(Character::toString)
                        : Stream.of(word))
                .toList();
    }

    private static boolean isUnspaced(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.HAN || script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
    }

    private boolean negated(List<String> spoken, int at) {
        return spoken.subList(Math.max(0, at - NEGATION_REACH), at).stream().anyMatch(negations::contains);
    }
}
