package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.PostgresServer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.jdbc.core.JdbcTemplate;

/** The purge alone, as its route file has it, on a database that has something to forget. */
class PurgeTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Ledger LEDGER =
            new Ledger(Duration.ofDays(30), Duration.ofSeconds(7), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void forgetsWhatIsOldAndDoneOnH2() throws Exception {
        forgetsWhatIsOldAndDone("jdbc:h2:mem:purge;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", null, null);
    }

    @Test
    @EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
    void forgetsWhatIsOldAndDoneOnPostgreSql() throws Exception {
        forgetsWhatIsOldAndDone(PostgresServer.newDatabase("purge"), PostgresServer.USER, PostgresServer.PASSWORD);
    }

    private static void forgetsWhatIsOldAndDone(String url, String user, String password) throws Exception {
        try (LedgerDatabase database = LedgerDatabase.open(url, user, password, 2, Duration.ofSeconds(10))) {
            JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
            Duration month = Duration.ofDays(30);
            for (int i = 0; i < 450; i++) {
                keep(jdbc, "old-" + i, "transferred", "appended", month.plusSeconds(1));
            }
            keep(jdbc, "never-ended", "active", "appended", month.plusSeconds(1));
            keep(jdbc, "given-up", "failed", "discarded", month.plusSeconds(1));
            keep(jdbc, "young", "transferred", "appended", month);
            keep(jdbc, "open", "escalated", "appended", month.plusDays(1));
            keep(jdbc, "received", "transferred", "received", month.plusDays(1));
            keep(jdbc, "parked", "active", "parked", month.plusDays(1));
            keep(jdbc, "dead", "failed", "dead", month.plusDays(1));

            purge(database);

            for (String table : List.of("handoff", "handoff_step", "segment")) {
                assertThat(jdbc.queryForList("select call_sid from " + table, String.class))
                        .as(table)
                        .containsExactlyInAnyOrder("dead", "open", "parked", "received", "young");
            }
        }
    }

    private static void purge(LedgerDatabase database) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("ledgerDatabase", database);
            context.getRegistry().bind("ledger", LEDGER);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "classpath:routes/ledger/purge.camel.yaml"));
            context.start();
            context.createProducerTemplate().sendBody("direct:purge-ledger", null);
        }
    }

    private static void keep(JdbcTemplate jdbc, String call, String state, String segment, Duration age) {
        Timestamp then = Timestamp.from(NOW.minus(age));
        jdbc.update(
                "insert into handoff (org, call_sid, state, started_at) values ('acme', ?, ?, ?)", call, state, then);
        jdbc.update(
                "insert into handoff_step (org, call_sid, step, at, attempts) values ('acme', ?, 'any', ?, 1)",
                call,
                then);
        jdbc.update(
                "insert into segment (org, call_sid, segment_id, sequence, state, spoken_at, received_at)"
                        + " values ('acme', ?, 's1', 1, ?, ?, ?)",
                call,
                segment,
                then,
                then);
    }
}
