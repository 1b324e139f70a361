package io.flexhandoff.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Tells the language of an utterance, by Apache OpenNLP, among those that callers are expected to speak. */
public final class LanguageDetection {

    /** Shorter utterances tell too little. */
    private static final int SHORTEST = 20;

    /** A character of Chinese, Japanese or Korean says as much as three letters. */
    private static final int IDEOGRAPH = 3;

    private static final String MODEL = "/langdetect-183.bin";

    /** Where the model's three letters are not those of the two-letter code's language. */
    private static final Map<String, String> MODEL_CODES = Map.of("zh", "cmn", "fa", "pes", "et", "ekk", "lv", "lvs");

    private final Map<String, String> expected = new HashMap<>();
    private final CompletableFuture<LanguageDetectorModel> model;

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

    /** The two-letter code of the language, or {@code null} when the text is too short to tell. */
    public String detect(String text) {
        if (length(text) < SHORTEST) {
            return null;
        }
        for (Language guess : new LanguageDetectorME(model.join()).predictLanguages(text)) {
            String language = expected.get(guess.getLang());
            if (language != null) {
                return language;
            }
        }
        return null;
    }

    private static int length(String text) {
        return text.codePoints()
                .map(character -> Character.isIdeographic(character) || character >= 0x3040 && character <= 0x30FF
                        ? IDEOGRAPH
                        : 1)
                .sum();
    }
}
