package io.flexhandoff.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of text with their columns below each other, each row indented and led by its mark. */
final class Table {

    private static final String INDENT = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /** Adds a row. The cells of the last column may be as long as they like; {@code null} is an empty cell. */
    Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** The lines, each with its end. */
    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (String[] cells : rows) {
            for (int column = 0; column < cells.length - 1; column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), width(cells[column])));
            }
        }
        StringBuilder lines = new StringBuilder();
        for (String[] cells : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.length; column++) {
                String cell = cells[column] == null ? "" : cells[column];
                line.append(INDENT).append(cell);
                if (column < widths.size()) {
                    line.append(" ".repeat(Math.max(0, widths.get(column) - width(cell))));
                }
            }
            lines.append(line.toString().stripTrailing()).append('\n');
        }
        return lines.toString();
    }

    private static int width(String cell) {
        return cell == null ? 0 : cell.codePointCount(0, cell.length());
    }
}
