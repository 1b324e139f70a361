package io.flexhandoff.enrichment;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as sentences and words, alike however a transcription spells them. */
final class SpokenWords {

    /** Of the Latin, Greek, Cyrillic and Arabic scripts; in others a vowel may be a mark. */
    private static final Pattern ACCENTS = Pattern.compile("[\\p{InCombiningDiacriticalMarks}\u064B-\u0655]+");

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}']+");

    private SpokenWords() {}

    /** The words, in lower case and without accents. */
    static List<String> of(String text) {
        String bare = ACCENTS.matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
                .replaceAll("");
        String plain = Normalizer.normalize(bare, Normalizer.Form.NFC)
                .replace("ß", "ss")
                .replace('’', '\'');
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN.split(plain)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    static List<String> sentences(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String sentence = text.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
        }
        return sentences;
    }
}
