package io.flexhandoff.checkup;

import io.flexhandoff.event.LanguageTag;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tags that a handoff may write as the language of a call: with a region as many platforms give it, without as it is detected. */
final class Languages {

    private static final List<String> COMMON = List.of("de", "fr", "it", "pt");

    private Languages() {}

    /**
     * @param usual comes first
     * @param asked what filters compare the language with; what is no language is left out, since no handoff writes it
     * @param asGiven whether only those are wanted, and no language that nobody asks for
     */
    static Set<String> beside(String usual, Collection<?> asked, boolean asGiven) {
        Set<String> tags = new LinkedHashSet<>(List.of(usual));
        for (Object value : asked) {
            String tag = value instanceof String text ? LanguageTag.of(text) : null;
            if (tag != null) {
                String language = Locale.forLanguageTag(tag).getLanguage();
                tags.addAll(List.of(tag, language, language + region(language)));
            }
        }
        tags.add(Locale.forLanguageTag(usual).getLanguage());
        if (!asGiven) {
            COMMON.stream().filter(tag -> !tags.contains(tag)).findFirst().ifPresent(tags::add);
        }
        return tags;
    }

    /** That of the country whose code is the language's; where there is none, one in which it is spoken. */
    private static String region(String language) {
        List<String> countries = Arrays.stream(Locale.getAvailableLocales())
                .filter(locale -> locale.getLanguage().equals(language)
                        && locale.getScript().isEmpty())
                .map(Locale::getCountry)
                .filter(country -> country.length() == 2)
                .sorted()
                .toList();
        String namesake = language.equals("en") ? "US" : language.toUpperCase(Locale.ROOT);
        return countries.isEmpty()
                ? ""
                : "-" + (countries.contains(namesake) ? namesake : countries.get(countries.size() - 1));
    }
}
