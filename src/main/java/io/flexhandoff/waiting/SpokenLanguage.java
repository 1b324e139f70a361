package io.flexhandoff.waiting;

import com.twilio.twiml.voice.Say;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The languages that Twilio speaks, as {@code <Say language>} has them. */
public final class SpokenLanguage {

    /** What Twilio speaks ({@code <Say language>}), by tag. */
    private static final Map<String, String> SPOKEN = Arrays.stream(Say.Language.values())
            .map(Say.Language::toString)
            .collect(Collectors.toUnmodifiableMap(tag -> tag.toLowerCase(Locale.ROOT), tag -> tag));

    /** That of a language without a country, or with one whose variety Twilio does not speak. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("ar", "arb"),
            Map.entry("de", "de-DE"),
            Map.entry("en", "en-US"),
            Map.entry("es", "es-ES"),
            Map.entry("fr", "fr-FR"),
            Map.entry("hi", "hi-IN"),
            Map.entry("it", "it-IT"),
            Map.entry("ja", "ja-JP"),
            Map.entry("nl", "nl-NL"),
            Map.entry("pl", "pl-PL"),
            Map.entry("pt", "pt-BR"),
            Map.entry("ru", "ru-RU"),
            Map.entry("sv", "sv-SE"),
            Map.entry("tr", "tr-TR"),
            Map.entry("zh", "cmn-CN"));

    private SpokenLanguage() {}

    /** That of the words that a language has; English where there are none. @param language a BCP-47 tag */
    public static String of(String language) {
        String words = WaitWords.in(language).language();
        boolean same = Locale.forLanguageTag(language).getLanguage().equals(words);
        return Optional.ofNullable(SPOKEN.get(language.toLowerCase(Locale.ROOT)))
                .filter(tag -> same)
                .orElse(USUAL.getOrDefault(words, "en-US"));
    }
}
