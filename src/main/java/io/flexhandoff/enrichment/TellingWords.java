package io.flexhandoff.enrichment;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words by which a text tells its language, each once and in lower case: no figures and addresses, no letters that are
 * spelled, nothing of another script than most of it, and no capitalised word but the first of a line, for it may be a name.
 */
final class TellingWords {

    private static final Pattern BETWEEN = Pattern.compile("\\s+");
    private static final Pattern NO_WORD = Pattern.compile(".*[\\p{N}@/\\\\].*|www\\..*");
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{M}]+|[^\\p{L}\\p{M}]+$");
    private static final Pattern SPELLED = Pattern.compile("\\p{L}([-.]\\p{L})+");

    /** A character of Chinese, Japanese or Korean says as much as three letters. */
    private static final int SYLLABLE = 3;

    private TellingWords() {}

    /** @param text a turn a line */
    static Set<String> of(String text) {
        UnicodeScript main = mainScript(text);
        boolean capitals = text.equals(text.toUpperCase(Locale.ROOT));
        Set<String> telling = new LinkedHashSet<>();
        for (String line : text.split("\n")) {
            List<String> words = words(line, main);
            for (int at = 0; at < words.size(); at++) {
                String word = words.get(at);
                boolean name = at > 0 && !capitals && word.length() > 1 && Character.isUpperCase(word.codePointAt(0));
                if (!name && !spelled(words, at)) {
                    telling.add(word.toLowerCase(Locale.ROOT));
                }
            }
        }
        return telling;
    }

    /** How much the words have to tell, in letters. */
    static int length(Set<String> words) {
        return words.stream()
                .flatMapToInt(String::codePoints)
                .map(TellingWords::weight)
                .sum();
    }

    private static List<String> words(String line, UnicodeScript main) {
        StringBuilder ofScript = new StringBuilder();
        line.codePoints()
                .forEach(character -> ofScript.appendCodePoint(
                        Character.isLetter(character) && script(character) != main ? ' ' : character));
        List<String> words = new ArrayList<>();
        for (String token : BETWEEN.split(ofScript)) {
            String word = AROUND.matcher(token).replaceAll("");
            if (!word.isEmpty() && !NO_WORD.matcher(token).matches()) {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean spelled(List<String> words, int at) {
        return SPELLED.matcher(words.get(at)).matches()
                || isLetter(words, at) && (isLetter(words, at - 1) || isLetter(words, at + 1));
    }

    private static boolean isLetter(List<String> words, int at) {
        return at >= 0
                && at < words.size()
                && words.get(at).length() == 1
                && !Character.isIdeographic(words.get(at).codePointAt(0));
    }

    private static UnicodeScript mainScript(String text) {
        Map<UnicodeScript, Integer> letters = new HashMap<>();
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> letters.merge(script(letter), weight(letter), Integer::sum));
        return letters.isEmpty()
                ? UnicodeScript.UNKNOWN
                : Collections.max(letters.entrySet(), Map.Entry.comparingByValue())
                        .getKey();
    }

    /** Japanese is written in three scripts at once. */
    private static UnicodeScript script(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA ? UnicodeScript.HAN : script;
    }

    private static int weight(int character) {
        UnicodeScript script = script(character);
        if (script == UnicodeScript.HAN || script == UnicodeScript.HANGUL) {
            return SYLLABLE;
        }
        return Character.isLetter(character) ? 1 : 0;
    }
}
