package io.flexhandoff.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who calls, or is called, as Twilio tells it: a number in E.164, {@code client:} or {@code sip:} and an address, or a word for a caller without
 * a number. Carriers have no place for such a word: it comes as the digits under its letters on a telephone, {@code +266696687} for
 * ANONYMOUS (Twilio help centre, "Why am I getting calls from these strange numbers?").
 */
public final class CallerNumber {

    private static final List<String> WORDS = List.of("anonymous", "restricted", "blocked", "unknown", "unavailable");

    private static final Map<String, String> BY_DIGITS =
            WORDS.stream().collect(Collectors.toMap(CallerNumber::digits, Function.identity()));

    private static final Pattern WORD = Pattern.compile(
            "(?:sips?:)?\\+?(anonymous|restricted|blocked|unknown|unavailable|private|withheld)(?:@.*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");

    /** A plus sign that was decoded as a form's blank. */
    private static final Pattern DECODED_PLUS = Pattern.compile("\\s+([1-9]\\d{6,14})");

    /** As people write it; (0) is dialled or not. */
    private static final Pattern WRITTEN = Pattern.compile("(?!.*\\(0\\))(?:tel:)?(\\+[1-9][\\d ().-]*\\d)");

    private static final Pattern ADDRESS = Pattern.compile("(?:client|sips?):\\S+");

    private CallerNumber() {}

    /** What is meant by this text: mended where that is certain, nothing where it is not. */
    public static Optional<String> read(String text) {
        Matcher decoded = DECODED_PLUS.matcher(text.stripTrailing());
        if (decoded.matches()) {
            return Optional.of("+" + decoded.group(1));
        }
        String stripped = text.strip();
        Matcher written = WRITTEN.matcher(stripped);
        String number = written.matches() ? written.group(1).replaceAll("[ ().-]", "") : stripped;
        boolean known = E164.matcher(number).matches()
                || ADDRESS.matcher(number).matches()
                || WORD.matcher(number).matches();
        return known ? Optional.of(number) : Optional.empty();
    }

    /** The word for a caller without a number, {@code anonymous} for {@code +266696687}; {@code null} for a caller who has one. */
    public static String withheld(String number) {
        Matcher word = WORD.matcher(number);
        if (word.matches()) {
            return word.group(1).toLowerCase(Locale.ROOT);
        }
        // North American carriers put their country code before it
        return number.startsWith("+") ? BY_DIGITS.get(number.replaceFirst("^\\+1?", "")) : null;
    }

    private static String digits(String word) {
        return word.chars()
                .mapToObj(letter -> "22233344455566677778889999".substring(letter - 'a', letter - 'a' + 1))
                .collect(Collectors.joining());
    }
}
