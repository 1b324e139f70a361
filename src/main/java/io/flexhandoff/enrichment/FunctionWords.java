package io.flexhandoff.enrichment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.LanguageTag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that hold sentences together ({@code the}, {@code weil}), of which no name consists, from stopwords-iso. One that
 * several languages have tells less of each.
 */
final class FunctionWords {

    private static final String LISTS = "/enrichment/stopwords-iso/stopwords-iso.json";
    private static final Pattern APOSTROPHE = Pattern.compile("['’-]");

    private final Map<String, Set<String>> languagesOf = new HashMap<>();

    private FunctionWords() {}

    /** @param languages two-letter codes of those that are told from each other; one without a list has no such words */
    static FunctionWords of(Collection<String> languages) throws IOException {
        try (InputStream file = FunctionWords.class.getResourceAsStream(LISTS)) {
            Map<String, List<String>> lists = new ObjectMapper().readValue(file, new TypeReference<>() {});
            FunctionWords words = new FunctionWords();
            for (String language : languages) {
                lists.getOrDefault(language, lists.getOrDefault(LanguageTag.macrolanguage(language), List.of()))
                        .forEach(word -> words.languagesOf
                                .computeIfAbsent(word.toLowerCase(Locale.ROOT), first -> new HashSet<>())
                                .add(language));
            }
            return words;
        }
    }

    /** What part of the words each language has, from 0 to 1. */
    Map<String, Double> shares(Set<String> words) {
        return words.stream()
                .flatMap(APOSTROPHE::splitAsStream)
                .map(word -> languagesOf.getOrDefault(word, Set.of()))
                .flatMap(languages ->
                        languages.stream().map(language -> Map.entry(language, 1.0 / languages.size() / words.size())))
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingDouble(Map.Entry::getValue)));
    }
}
