package io.flexhandoff.waiting;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences about waiting that can be said to a caller, from {@code waiting/words*.properties}. */
public final class WaitWords {

    private static final List<Span> SPANS = List.of(
            new Span(59, "wait-1"),
            new Span(180, "wait-2"),
            new Span(420, "wait-5"),
            new Span(750, "wait-10"),
            new Span(1050, "wait-15"),
            new Span(1500, "wait-20"),
            new Span(2400, "wait-30"));

    private final ResourceBundle words;

    private WaitWords(ResourceBundle words) {
        this.words = words;
    }

    /** A length of time as people say it. @param upTo seconds */
    private record Span(int upTo, String word) {}

    /** @param language BCP-47 tag; English for languages without words of their own */
    public static WaitWords in(String language) {
        return new WaitWords(ResourceBundle.getBundle(
                "waiting.words",
                Locale.forLanguageTag(language),
                WaitWords.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /** The language that it speaks, as a tag. */
    public String language() {
        return words.getLocale().equals(Locale.ROOT) ? "en" : words.getLocale().toLanguageTag();
    }

    /** The sentence of this name. */
    public String of(String name) {
        return words.getString(name);
    }

    /** How long it takes. @param seconds not negative */
    public String wait(int seconds) {
        return of(SPANS.stream()
                .filter(span -> seconds <= span.upTo())
                .findFirst()
                .map(Span::word)
                .orElse("wait-long"));
    }

    /** By which key a caller gets what is offered. @param offer such as {@code callback}; English words have no sentence for others */
    public String press(String offer, int key) {
        return of("press-" + offer).replace("{0}", Integer.toString(key));
    }

    /** Where the caller stands. @param place counted from 1 */
    public String position(int place) {
        return place == 1 ? of("next") : of("position").replace("{0}", Integer.toString(place));
    }
}
