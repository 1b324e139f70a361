package io.flexhandoff.enrichment;

import io.flexhandoff.event.Escalation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/**
 * Takes what a rep must not read out of note and attributes: payment card numbers, IBANs, and what an operator names. Of a
 * number its last four digits stay. Numbers that are spelt out in words are not recognised. Bound as {@code redaction}.
 */
public final class Redaction {

    /** 13 to 19 digits, as people and transcriptions group them; ISO/IEC 7812 allows no more. */
    private static final Pattern CARD = Pattern.compile("(?<![\\d.,+])[2-6](?:[ .-]?\\d){12,18}(?![\\d])");

    /** ISO 13616: country, two check digits, 11 to 30 letters and digits. */
    private static final Pattern IBAN = Pattern.compile("\\b[A-Za-z]{2}\\d{2}(?: ?[A-Za-z0-9]){11,30}\\b");

    private static final int SHORTEST_CARD = 13;
    private static final int SHORTEST_IBAN = 15;
    private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);

    private final boolean cards;
    private final boolean ibans;
    private final boolean customData;
    private final List<Pattern> patterns;

    /**
     * @param customData whether the AI's custom data is redacted too; it goes on the task unchanged otherwise
     * @param patterns regular expressions of what else is to be taken out
     * @throws IllegalArgumentException for one that is none
     */
    public Redaction(boolean cards, boolean ibans, boolean customData, List<String> patterns) {
        this.cards = cards;
        this.ibans = ibans;
        this.customData = customData;
        this.patterns = IntStream.range(0, patterns.size())
                .mapToObj(i -> compile(patterns.get(i), i))
                .toList();
    }

    private static Pattern compile(String pattern, int index) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("handoff.redaction.patterns[" + index + "]: " + e.getMessage(), e);
        }
    }

    /** The text without what is to be taken out; {@code null} stays {@code null}. */
    public String text(String text) {
        if (text == null) {
            return null;
        }
        String left = text;
        if (ibans) {
            left = IBAN.matcher(left).replaceAll(found -> Matcher.quoteReplacement(iban(found)));
        }
        if (cards) {
            left = CARD.matcher(left).replaceAll(found -> Matcher.quoteReplacement(card(found)));
        }
        for (Pattern pattern : patterns) {
            left = pattern.matcher(left).replaceAll("[…]");
        }
        return left;
    }

    /** The escalation with its reason and summary so redacted, its custom data when that is wanted; turns stay as they are. */
    public Escalation escalation(Escalation said) {
        Map<String, Object> custom = new LinkedHashMap<>(said.customData());
        if (customData) {
            custom.replaceAll((name, value) -> value(value));
        }
        return new Escalation(
                said.id(),
                said.occurredAt(),
                text(said.reason()),
                text(said.summary()),
                said.sentiment(),
                said.language(),
                said.from(),
                said.to(),
                said.recentTurns(),
                custom,
                said.workflowSid(),
                said.priority(),
                said.task(),
                said.leftOut());
    }

    private Object value(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Number number) {
            String digits = number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
            String redacted = text(digits);
            return redacted.equals(digits) ? number : redacted;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> redacted = new LinkedHashMap<>();
            map.forEach((name, inner) -> redacted.put(name, value(inner)));
            return redacted;
        }
        return value;
    }

    /** The longest run of digits that is a card's number, at the start of what was found. */
    private static String card(MatchResult found) {
        String text = found.group();
        for (int end = text.length(); end >= SHORTEST_CARD; end--) {
            String digits = digits(text.substring(0, end));
            if (digits.length() >= SHORTEST_CARD && Character.isDigit(text.charAt(end - 1)) && luhn(digits)) {
                return "[card …" + digits.substring(digits.length() - 4) + "]" + text.substring(end);
            }
        }
        return text;
    }

    /** The longest beginning of what was found whose check digits are right. */
    private static String iban(MatchResult found) {
        String text = found.group();
        for (int end = text.length(); end >= SHORTEST_IBAN; end--) {
            String iban = text.substring(0, end).replace(" ", "").toUpperCase(Locale.ROOT);
            if (iban.length() >= SHORTEST_IBAN && text.charAt(end - 1) != ' ' && checked(iban)) {
                return "[IBAN …" + iban.substring(iban.length() - 4) + "]" + text.substring(end);
            }
        }
        return text;
    }

    private static boolean checked(String iban) {
        StringBuilder number = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4))
                .chars()
                .forEach(character -> number.append(Character.digit(character, 36)));
        return new BigInteger(number.toString()).mod(IBAN_MODULUS).intValue() == 1;
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(digits.length() - 1 - at) - '0';
            int doubled = at % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
