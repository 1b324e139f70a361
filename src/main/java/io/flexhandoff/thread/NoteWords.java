package io.flexhandoff.thread;

import io.flexhandoff.event.CallerNumber;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the handoff note in the language of those who read it, from {@code note/words*.properties}. */
public final class NoteWords {

    private final Locale locale;
    private final ResourceBundle words;

    private NoteWords(Locale locale) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle(
                "note.words",
                locale,
                NoteWords.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** @param language BCP-47 tag; English for {@code null} and for languages without words of their own */
    public static NoteWords in(String language) {
        return new NoteWords(language == null ? Locale.ENGLISH : Locale.forLanguageTag(language.replace('_', '-')));
    }

    /** The word of this name. */
    public String of(String name) {
        return words.getString(name);
    }

    /** A caller's number, or what it means when it is none: {@code number withheld (anonymous)}. */
    public String caller(String number) {
        String withheld = CallerNumber.withheld(number);
        if (withheld == null) {
            return number;
        }
        boolean unknown = withheld.startsWith("un");
        return of(unknown ? "number-unknown" : "number-withheld") + " (" + withheld + ")";
    }

    /** What a language is called, with its tag. */
    String languageName(String tag) {
        Locale spoken = Locale.forLanguageTag(tag.replace('_', '-'));
        String name = spoken.getDisplayLanguage(words.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : locale);
        return name.isEmpty() || name.equals(spoken.getLanguage()) ? tag : name + " (" + tag + ")";
    }
}
