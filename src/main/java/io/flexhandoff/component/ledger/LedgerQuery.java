package io.flexhandoff.component.ledger;

import io.flexhandoff.ledger.LedgerWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;

/** The statements of an endpoint, with what reads their values. */
final class LedgerQuery {

    /** SQLSTATEs of what will never be understood: syntax, and tables or columns that there are not. */
    private static final Set<String> SENSELESS = Set.of("42601", "42P01", "42703", "42000", "42001");

    private final List<Statement> statements;
    private final LedgerConfiguration configuration;

    private LedgerQuery(List<Statement> statements, LedgerConfiguration configuration) {
        this.statements = statements;
        this.configuration = configuration;
    }

    private record Statement(String sql, List<Parameter> parameters) {}

    /** @throws IllegalArgumentException saying what is wrong with the query */
    static LedgerQuery parse(LedgerConfiguration configuration, ParameterReaders readers) {
        String text = configuration.getQuery();
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The option query is missing");
        }
        List<QueryParser.Parsed> parsed = QueryParser.parse(text);
        if (configuration.isBatch() && isSelect(parsed.get(parsed.size() - 1))) {
            throw new IllegalArgumentException("A batch counts rows, and cannot end with a select: " + text);
        }
        if (configuration.getOperation() == LedgerOperation.read && (parsed.size() > 1 || !isSelect(parsed.get(0)))) {
            throw new IllegalArgumentException("ledger:read takes one select, ledger:write takes the rest: " + text);
        }
        List<Statement> statements = parsed.stream()
                .map(each -> new Statement(
                        each.sql(), each.parameters().stream().map(readers::of).toList()))
                .toList();
        return new LedgerQuery(statements, configuration);
    }

    private static boolean isSelect(QueryParser.Parsed statement) {
        return statement.sql().toLowerCase(Locale.ROOT).matches("(?s)(select|with)\\b.*");
    }

    /**
     * Shows the statements to the database.
     *
     * @throws IllegalArgumentException when one makes no sense
     * @throws SQLException when the database cannot say
     */
    void check(Connection connection) throws SQLException {
        for (Statement statement : statements) {
            try (PreparedStatement prepared = connection.prepareStatement(statement.sql)) {
                // PostgreSQL looks at it only now
                prepared.getParameterMetaData();
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                if (SENSELESS.contains(state) || state.startsWith("42S")) {
                    throw new IllegalArgumentException(
                            "The ledger does not understand " + statement.sql + ": " + e.getMessage(), e);
                }
                if (!state.startsWith("42")) {
                    throw e;
                }
                // a type that only a value tells
            }
        }
    }

    /** The query with the values of an exchange, which are read now. */
    LedgerWork<Object> bind(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (!configuration.isBatch()) {
            Object[][] values = values(exchange, body);
            return connection -> run(connection, values);
        }
        if (!(body instanceof Iterable<?> elements)) {
            throw new IllegalArgumentException("A batch takes its elements from the body, which is no list");
        }
        List<Object[][]> batch = new ArrayList<>();
        elements.forEach(element -> batch.add(values(exchange, element)));
        return connection -> {
            int updated = 0;
            for (Object[][] values : batch) {
                updated += (Integer) run(connection, values);
            }
            return updated;
        };
    }

    private Object[][] values(Exchange exchange, Object body) {
        Object[][] values = new Object[statements.size()][];
        for (int i = 0; i < values.length; i++) {
            List<Parameter> parameters = statements.get(i).parameters;
            values[i] = new Object[parameters.size()];
            for (int j = 0; j < values[i].length; j++) {
                values[i][j] = forDatabase(parameters.get(j).read(exchange, body));
            }
        }
        return values;
    }

    private static Object forDatabase(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toArray(String[]::new);
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private Object run(Connection connection, Object[][] values) throws SQLException {
        Object answer = null;
        int[] updated = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            try (PreparedStatement statement = connection.prepareStatement(statements.get(i).sql)) {
                for (int j = 0; j < values[i].length; j++) {
                    set(
                            statement,
                            j + 1,
                            values[i][j] instanceof Parameter.Updated earlier
                                    ? updated[earlier.statement() - 1]
                                    : values[i][j]);
                }
                if (statement.execute()) {
                    answer = rows(statement.getResultSet());
                } else {
                    updated[i] = statement.getUpdateCount();
                    answer = updated[i];
                }
            }
        }
        return answer;
    }

    private static void set(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value == null) {
            // a type that both databases take for any
            statement.setNull(index, Types.NULL);
        } else if (value instanceof String[] several) {
            statement.setArray(index, statement.getConnection().createArrayOf("varchar", several));
        } else {
            statement.setObject(index, value);
        }
    }

    private Object rows(ResultSet rows) throws SQLException {
        return configuration.getOutputType() == LedgerOutputType.SelectOne ? Rows.one(rows) : Rows.list(rows);
    }
}
