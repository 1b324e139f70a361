package io.flexhandoff.operate;

import io.flexhandoff.ledger.Ledger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rows of the ledger as Hawtio shows them best: text by name, in the order of the query. */
final class Rows {

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    private Rows() {}

    static List<Map<String, String>> asText(List<Map<String, Object>> rows) {
        return rows.stream().map(Rows::asText).toList();
    }

    private static Map<String, String> asText(Map<String, Object> row) {
        Map<String, String> text = new LinkedHashMap<>();
        row.forEach((column, value) -> text.put(
                NEXT_WORD.matcher(column).replaceAll(word -> word.group(1).toUpperCase()), text(value)));
        return text;
    }

    private static String text(Object value) {
        Instant time = Ledger.instant(value);
        return time != null ? time.toString() : value == null ? "" : value.toString();
    }
}
