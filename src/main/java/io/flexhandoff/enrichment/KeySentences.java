package io.flexhandoff.enrichment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the caller's sentences that tell most of what a call is about: full of words that neither are courtesy nor were
 * told before, best those that the AI took up too, figures, and the early ones. The weights were set on the calls of the
 * test set that are for tuning. Knows no language; text without spaces between words is taken as it comes.
 */
final class KeySentences {

    private static final int SHORTEST_WORD = 4;
    private static final int STEM = 5;
    private static final int SHORT_SENTENCE = 4;
    private static final double OPENING = 1.5;
    private static final double AGE = 0.3;
    private static final double QUESTION = 0.8;
    private static final double MERE_DATA = 0.4;
    private static final double FIGURE = 1.5;
    private static final double TAKEN_UP = 0.5;
    private static final double TOLD = 0.3;

    private record Sentence(int position, String text, Set<String> stems, double factor) {}

    private final Predicate<String> courtesy;
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Sentence> sentences = new ArrayList<>();

    /** @param courtesy whether a word tells nothing of the matter */
    KeySentences(List<Turn> turns, Predicate<String> courtesy) {
        this.courtesy = courtesy;
        turns.forEach(turn -> stems(turn.text()).forEach(stem -> counts.merge(stem, 1, Integer::sum)));
        List<Turn> caller = turns.stream().filter(Turn::byCaller).toList();
        for (int at = 0; at < caller.size(); at++) {
            for (String sentence : SpokenWords.sentences(caller.get(at).text())) {
                add(sentence, 1 - AGE * at / caller.size());
            }
        }
    }

    private void add(String text, double age) {
        List<String> words = SpokenWords.of(text);
        Set<String> stems = stems(text);
        boolean opening = stems.size() >= 3 && sentences.stream().noneMatch(sentence -> sentence.stems.size() >= 3);
        boolean mereData = words.size() < 3
                || 2 * words.stream().filter(KeySentences::isFigure).count() >= words.size();
        double factor = age
                * (opening ? OPENING : 1)
                * (mereData ? MERE_DATA : 1)
                * (text.endsWith("?") ? QUESTION : 1)
                / Math.sqrt(Math.max(words.size(), SHORT_SENTENCE));
        sentences.add(new Sentence(sentences.size(), text, stems, factor));
    }

    /**
     * As many as fit, those that tell most, in the order spoken; the very best one even when it does not fit.
     *
     * @param length of all of them, in characters
     */
    List<String> best(int length) {
        List<Sentence> left = new ArrayList<>(sentences);
        List<Sentence> best = new ArrayList<>();
        Set<String> told = new HashSet<>();
        int used = 0;
        while (!left.isEmpty()) {
            Sentence next = left.stream()
                    .max(Comparator.comparingDouble(sentence -> score(sentence, told)))
                    .get();
            left.remove(next);
            if (best.isEmpty() || used + next.text.length() <= length) {
                best.add(next);
                told.addAll(next.stems);
                used += next.text.length() + 1;
            }
        }
        best.sort(Comparator.comparingInt(Sentence::position));
        return best.stream().map(Sentence::text).toList();
    }

    private double score(Sentence sentence, Set<String> told) {
        double sum = 0;
        for (String stem : sentence.stems) {
            double weight = (1 + TAKEN_UP * Math.min(counts.get(stem) - 1, 2)) * (isFigure(stem) ? FIGURE : 1);
            sum += told.contains(stem) ? weight * TOLD : weight;
        }
        return sum * sentence.factor;
    }

    private Set<String> stems(String text) {
        Set<String> stems = new HashSet<>();
        for (String word : SpokenWords.of(text)) {
            if ((word.length() >= SHORTEST_WORD || isFigure(word)) && !courtesy.test(word)) {
                stems.add(word.length() > STEM ? word.substring(0, STEM) : word);
            }
        }
        return stems;
    }

    private static boolean isFigure(String word) {
        return Character.isDigit(word.charAt(0));
    }
}
