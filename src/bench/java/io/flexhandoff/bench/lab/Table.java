package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of figures, as Markdown whose columns stand below each other. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... columns) {
        rows.add(List.of(columns));
    }

    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(String::valueOf).toList());
        return this;
    }

    /** A number with so many decimals; nothing, when there is none. */
    public static String number(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "-";
    }

    /** Milliseconds of these percentiles, such as {@code 52 / 118}; {@code -} when nothing was timed. */
    public static String times(Times times, double... percentiles) {
        return times.isEmpty()
                ? "-"
                : IntStream.range(0, percentiles.length)
                        .mapToDouble(index -> times.millis(percentiles[index]))
                        .mapToObj(millis -> number(millis, millis < 10 ? 1 : 0))
                        .collect(Collectors.joining(" / "));
    }

    String text() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder(line(rows.get(0), widths));
        text.append(line(
                IntStream.range(0, columns)
                        .mapToObj(column -> "-".repeat(widths[column]))
                        .toList(),
                widths));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
