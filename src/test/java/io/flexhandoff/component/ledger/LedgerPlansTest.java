package io.flexhandoff.component.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.support.HandoffTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** H2 keeps the plan that it made for a statement when its table was empty: none must then look through other calls. */
@HandoffTest
class LedgerPlansTest {

    private static final Predicate<String> OF_ONE_CALL =
            Pattern.compile("\\borg = \\?.*?\\bcall_sid = \\?", Pattern.DOTALL).asPredicate();

    /** How H2 shows the conditions that an index answers; a task and a reservation are of one call, too. */
    private static final Predicate<String> FINDS_IT = Pattern.compile(
                    "/\\*[^*]*(call_sid|task_sid|reservation_sid) = [^*]*\\*/", Pattern.CASE_INSENSITIVE)
            .asPredicate();

    @Autowired
    private CamelContext context;

    @Test
    void whatIsOfOneCallIsFoundByIndexFromTheFirstDay(@TempDir Path folder) throws Exception {
        Map<String, String> plans = new TreeMap<>();
        try (LedgerDatabase empty = LedgerDatabase.open(
                        LedgerDatabase.embeddedUrl(folder), "handoff", "", 2, Duration.ofSeconds(5));
                Connection connection = empty.dataSource().getConnection()) {
            for (String sql : statementsOfOneCall()) {
                plans.put(sql, plan(connection, sql));
            }
        }
        assertThat(plans)
                .hasSizeGreaterThan(30)
                .allSatisfy((sql, plan) -> assertThat(plan).as(sql).matches(FINDS_IT));
    }

    private List<String> statementsOfOneCall() {
        return context.getEndpoints().stream()
                .filter(LedgerEndpoint.class::isInstance)
                .map(endpoint -> ((LedgerEndpoint) endpoint).getConfiguration().getQuery())
                .flatMap(query -> QueryParser.parse(query).stream())
                .map(QueryParser.Parsed::sql)
                // a plan is shown of these alone
                .filter(sql -> !sql.contains("on conflict"))
                .filter(OF_ONE_CALL)
                .distinct()
                .toList();
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("explain " + sql);
                ResultSet row = explain.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
