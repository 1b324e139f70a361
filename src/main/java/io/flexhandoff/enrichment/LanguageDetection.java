package io.flexhandoff.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Tells the language of an utterance among those that callers are expected to speak, by Apache OpenNLP and the function words
 * of each, and rather not at all than wrong: neither names nor figures decide.
 *
 * <p>OpenNLP's confidence is the exponential of a score that was divided by the best one, shared out over 183 languages; its
 * logarithm gives back how a score compares with the best.
 */
public final class LanguageDetection {

    /** In letters; less tells too little. */
    private static final int SHORTEST = 12;

    /** How much more function words tell than letters do; set on utterances/spoken.tsv of the tests. */
    private static final double FUNCTION_WORDS = 1.5;

    /** A second guess as near as that to the first, as a part of it, means not known. */
    private static final double MARGIN = 0.15;

    private static final String MODEL = "/langdetect-183.bin";

    /** Where the model's three letters are not those of the two-letter code's language. */
    private static final Map<String, String> MODEL_CODES = Map.of("zh", "cmn", "fa", "pes", "et", "ekk", "lv", "lvs");

    private final Map<String, String> expected = new HashMap<>();
    private final CompletableFuture<LanguageDetectorModel> model;
    private final CompletableFuture<FunctionWords> functionWords;

    /**
     * Loads the model beside the start of the application.
     *
     * @param languages two-letter codes of the languages that are told from each other; the fewer, the surer
     * @throws IllegalArgumentException for a code that no language has
     */
    public LanguageDetection(Collection<String> languages) {
        Map<String, String> known = codes();
        for (String language : languages) {
            String code = known.get(language);
            if (code == null) {
                throw new IllegalArgumentException("handoff.enrichment.languages: no language has the code '" + language
                        + "', known are " + new TreeSet<>(known.keySet()));
            }
            expected.put(code, language);
        }
        model = CompletableFuture.supplyAsync(LanguageDetection::load);
        functionWords = CompletableFuture.supplyAsync(this::loadFunctionWords);
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String two : Locale.getISOLanguages()) {
            codes.put(
                    two,
                    MODEL_CODES.getOrDefault(two, Locale.forLanguageTag(two).getISO3Language()));
        }
        return codes;
    }

    private static LanguageDetectorModel load() {
        try (InputStream file = LanguageDetection.class.getResourceAsStream(MODEL)) {
            return new LanguageDetectorModel(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FunctionWords loadFunctionWords() {
        try {
            return FunctionWords.of(expected.values());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The two-letter code of the language.
     *
     * @param text a turn a line
     * @return {@code null} when it does not tell, or tells two alike
     */
    public String detect(String text) {
        Set<String> words = TellingWords.of(text);
        if (TellingWords.length(words) < SHORTEST) {
            return null;
        }
        Map<String, Double> scores = letters(String.join(" ", words));
        functionWords
                .join()
                .shares(words)
                .forEach((language, share) -> scores.merge(language, FUNCTION_WORDS * share, Double::sum));
        List<Map.Entry<String, Double>> guesses = scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .toList();
        if (guesses.isEmpty() || guesses.get(0).getValue() <= 0) {
            return null;
        }
        double far = guesses.get(0).getValue() * (1 - MARGIN);
        return guesses.size() > 1 && guesses.get(1).getValue() > far
                ? null
                : guesses.get(0).getKey();
    }

    /** How each language compares with the best one, at most 1. */
    private Map<String, Double> letters(String text) {
        Language[] guesses = new LanguageDetectorME(model.join()).predictLanguages(text);
        Map<String, Double> scores = new HashMap<>();
        for (Language guess : guesses) {
            String language = expected.get(guess.getLang());
            if (language != null) {
                scores.put(language, 1 + Math.log(guess.getConfidence() / guesses[0].getConfidence()));
            }
        }
        return scores;
    }
}
