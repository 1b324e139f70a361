package io.flexhandoff.component.ledger;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a select as maps, by the columns' names in lower case. */
final class Rows {

    private Rows() {}

    static List<Map<String, Object>> list(ResultSet rows) throws SQLException {
        String[] names = names(rows);
        List<Map<String, Object>> list = new ArrayList<>();
        while (rows.next()) {
            list.add(row(rows, names));
        }
        return list;
    }

    /**
     * The row, or its only value; {@code null} when there is none.
     *
     * @throws SQLException when there are several
     */
    static Object one(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        String[] names = names(rows);
        Object one = names.length == 1 ? rows.getObject(1) : row(rows, names);
        if (rows.next()) {
            throw new SQLException("SelectOne found more than one row");
        }
        return one;
    }

    private static String[] names(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        String[] names = new String[columns.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = columns.getColumnLabel(i + 1).toLowerCase(Locale.ROOT);
        }
        return names;
    }

    private static Map<String, Object> row(ResultSet rows, String[] names) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], rows.getObject(i + 1));
        }
        return row;
    }
}
