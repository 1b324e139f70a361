package io.flexhandoff.thread;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A value of custom data as a person writes it: {@code zip: 01234, city: Bern} for an object, {@code 1, 2} for a list. */
final class PlainValue {

    private static final String NOTHING = "–";

    private PlainValue() {}

    /** @param value as it is read from JSON; nothing, an empty text, object or list is a dash */
    static String of(Object value) {
        String text;
        if (value instanceof Map<?, ?> object) {
            text = object.entrySet().stream()
                    .map(field -> field.getKey() + ": " + inner(field.getValue()))
                    .collect(Collectors.joining(", "));
        } else if (value instanceof Collection<?> list) {
            text = list.stream().map(PlainValue::inner).collect(Collectors.joining(", "));
        } else if (value instanceof BigDecimal number) {
            text = number.toPlainString();
        } else {
            text = value == null ? "" : value.toString();
        }
        return text.isBlank() ? NOTHING : text;
    }

    /** In brackets where it would run into what stands around it. */
    private static String inner(Object value) {
        boolean several = value instanceof Map<?, ?> object && !object.isEmpty()
                || value instanceof Collection<?> list && !list.isEmpty();
        return several ? "(" + of(value) + ")" : of(value);
    }
}
