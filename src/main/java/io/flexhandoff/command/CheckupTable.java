package io.flexhandoff.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checkup for people: a mark, the check, and what it says, wrapped; and a line that sums it up. */
final class CheckupTable {

    /** Characters of a line of the last column, so that the whole fits in 100. */
    private static final int WIDTH = 68;

    private static final Map<String, String> MARKS =
            Map.of("ok", "ok", "warning", "WARN", "failed", "FAIL", "skipped", "--");

    private CheckupTable() {}

    /** @param report as the API answers it */
    static String of(JsonNode report) {
        Table table = new Table();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (JsonNode check : report.path("checks")) {
            String status = check.path("status").asText();
            counts.merge(status, 1, Integer::sum);
            String mark = MARKS.getOrDefault(status, status);
            List<String> lines = lines(check);
            table.row(mark, check.path("name").asText(), lines.get(0));
            lines.subList(1, lines.size()).forEach(line -> table.row("", "", line));
        }
        return "Checkup of " + report.path("org").asText() + "\n\n" + table + "\n" + summary(report, counts) + "\n";
    }

    /** 0 healthy, 1 not, 2 could not tell. */
    static int exitCode(JsonNode report) {
        if (report.path("healthy").asBoolean()) {
            return 0;
        }
        for (JsonNode check : report.path("checks")) {
            if (check.path("status").asText().equals("failed")) {
                return 1;
            }
        }
        return Commands.COULD_NOT_TELL;
    }

    private static String summary(JsonNode report, Map<String, Integer> counts) {
        String verdict =
                switch (exitCode(report)) {
                    case 0 -> "Healthy";
                    case 1 -> "Not healthy";
                    default -> "Could not tell";
                };
        int warnings = counts.getOrDefault("warning", 0);
        return "%s: %d ok, %d %s, %d failed, %d not looked at."
                .formatted(
                        verdict,
                        counts.getOrDefault("ok", 0),
                        warnings,
                        warnings == 1 ? "warning" : "warnings",
                        counts.getOrDefault("failed", 0),
                        counts.getOrDefault("skipped", 0));
    }

    private static List<String> lines(JsonNode check) {
        List<String> lines = new ArrayList<>();
        check.path("found").asText().lines().forEach(line -> wrap("", line, lines));
        for (String part : List.of("cause", "fix")) {
            if (check.hasNonNull(part)) {
                wrap(
                        part.equals("cause") ? "Cause: " : "Fix:   ",
                        check.path(part).asText(),
                        lines);
            }
        }
        return lines.isEmpty() ? List.of("") : lines;
    }

    /** Words that do not fit go on below, a little to the right; a word that is too long stays whole, for it is to be copied. */
    private static void wrap(String label, String text, List<String> lines) {
        String indent = " ".repeat(label.isEmpty() ? 3 : label.length());
        StringBuilder line = new StringBuilder(label);
        boolean empty = true;
        for (String word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
    }
}
