package io.flexhandoff.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The BCP-47 tag of a language, whatever a sender calls it: a tag, an ISO 639 code of two or three letters, or a name in
 * English or a language that notes are written in. What names no language (Twilio's {@code multi}, {@code auto},
 * {@code und}), or more than one, is no tag. Codes and names are the JDK's, from ISO 639, the IANA registry and CLDR.
 */
public final class LanguageTag {

    private static final int LONGEST = 100;

    /** A shorter word of a longer text is hardly a language's name. */
    private static final int SHORTEST_NAME = 4;

    /** What ISO 639-2 has codes for beside languages: uncoded, multiple, undetermined, no linguistic content. */
    private static final Set<String> NO_LANGUAGE = Set.of("mis", "mul", "und", "zxx");

    private static final Set<String> CODES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Map<String, String> LONG_CODES = CODES.stream()
            .collect(
                    Collectors.toMap(code -> named(code).getISO3Language(), LanguageTag::current, (one, other) -> one));
    private static final int REMEMBERED = 1000;
    private static final Map<String, Optional<String>> SEEN = new ConcurrentHashMap<>();
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");

    private LanguageTag() {}

    /**
     * The tag: language, and script and region where they are given and exist.
     *
     * @param given may be {@code null}
     * @return {@code null} when no language is named
     */
    public static String of(String given) {
        if (given == null || given.isBlank() || given.length() > LONGEST) {
            return null;
        }
        Optional<String> seen = SEEN.get(given);
        if (seen == null) {
            seen = Optional.ofNullable(read(given.strip().toLowerCase(Locale.ROOT)));
            if (SEEN.size() < REMEMBERED) {
                SEEN.put(given, seen);
            }
        }
        return seen.orElse(null);
    }

    private static String read(String text) {
        Locale locale = Locale.forLanguageTag(text.replace('_', '-'));
        String language = code(locale.getLanguage());
        return language == null ? Names.find(text) : tag(language, locale.getScript(), locale.getCountry());
    }

    /** The code of the language of which this is a variety: {@code zh} for Mandarin, {@code no} for Bokmål; else itself. */
    public static String macrolanguage(String code) {
        return Locale.LanguageRange.parse(code).stream()
                .map(range -> range.getRange().split("-"))
                .filter(parts -> parts.length > 1)
                .map(parts -> parts[0])
                .findFirst()
                .orElse(code);
    }

    private static String tag(String language, String script, String country) {
        Locale.Builder tag = new Locale.Builder().setLanguage(language);
        if (!named("und-" + script).getDisplayScript(Locale.ENGLISH).equals(script)) {
            tag.setScript(script);
        }
        if (COUNTRIES.contains(country) || country.chars().allMatch(Character::isDigit)) {
            tag.setRegion(country);
        }
        return tag.build().toLanguageTag();
    }

    private static String code(String language) {
        if (CODES.contains(language)) {
            return language;
        }
        if (language.length() != 3 || NO_LANGUAGE.contains(language)) {
            return Names.of(language);
        }
        String name = name(language, Locale.ENGLISH);
        return name.equals(language)
                ? LONG_CODES.getOrDefault(language, known(macrolanguage(language)))
                : LONG_CODES.getOrDefault(language, Names.ENGLISH.getOrDefault(name, language));
    }

    private static String known(String code) {
        return CODES.contains(code) ? code : null;
    }

    private static String name(String code, Locale in) {
        return named(code).getDisplayLanguage(in).toLowerCase(in);
    }

    private static Locale named(String tag) {
        return Locale.forLanguageTag(tag);
    }

    /** The code that is used today, {@code he} for {@code iw}. */
    private static String current(String code) {
        return named(code).toLanguageTag();
    }

    /** Loaded when somebody sends a name. */
    private static final class Names {

        static final Map<String, String> ENGLISH = CODES.stream()
                .collect(Collectors.toMap(
                        code -> name(code, Locale.ENGLISH), LanguageTag::current, (one, other) -> one));

        private static final Map<String, String> ALL = all();

        private static Map<String, String> all() {
            Map<String, String> all = new HashMap<>();
            Set<String> ambiguous = new HashSet<>();
            for (String reader : CODES) {
                if (LanguageTag.class.getResource("/note/words_" + reader + ".properties") != null) {
                    for (String code : CODES) {
                        String name = name(code, named(reader));
                        String other = all.putIfAbsent(name, current(code));
                        if (other != null && !other.equals(current(code))) {
                            ambiguous.add(name);
                        }
                    }
                }
            }
            all.keySet().removeAll(ambiguous);
            all.keySet().removeAll(CODES);
            all.putAll(ENGLISH);
            return all;
        }

        static String of(String name) {
            return ALL.get(name);
        }

        /** The language that a text names, whole or by one of its words, with a region that it names beside. */
        static String find(String text) {
            if (of(text) != null) {
                return of(text);
            }
            Set<String> found = Arrays.stream(BETWEEN_WORDS.split(text))
                    .filter(word -> word.length() >= SHORTEST_NAME && of(word) != null)
                    .collect(Collectors.toSet());
            if (found.stream().map(Names::of).distinct().count() != 1) {
                return null;
            }
            String language = of(found.iterator().next());
            String rest = found.stream().reduce(text, (left, name) -> left.replace(name, " "));
            return tag(
                    language,
                    "",
                    country(BETWEEN_WORDS.matcher(rest).replaceAll(" ").strip(), named(language)));
        }

        private static String country(String name, Locale language) {
            return COUNTRIES.stream()
                    .filter(code -> {
                        Locale country = named("und-" + code);
                        return code.equalsIgnoreCase(name)
                                || country.getDisplayCountry(Locale.ENGLISH).equalsIgnoreCase(name)
                                || country.getDisplayCountry(language).equalsIgnoreCase(name);
                    })
                    .findFirst()
                    .orElse("");
        }
    }
}
