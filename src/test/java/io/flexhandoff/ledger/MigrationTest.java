package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.support.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an earlier version has written stays known. */
class MigrationTest {

    private static final List<String> ROWS = List.of(
            "insert into handoff (org, call_sid, state, escalation_id, task_sid, reservation_sid, worker_sid, started_at,"
                    + " escalated_at, accepted_at) values ('acme', 'CA1', 'accepted', 'e1', 'WT1', 'WR1', 'WK1',"
                    + " current_timestamp, current_timestamp, current_timestamp)",
            "insert into handoff (org, call_sid, state, escalation_id, task_sid, started_at)"
                    + " values ('acme', 'CA2', 'transferred', 'e1', 'WT2', current_timestamp)",
            "insert into handoff (org, call_sid, state, conversation_sid, note_message_sid, started_at)"
                    + " values ('acme', 'CA3', 'active', 'CH3', 'IM3', current_timestamp)",
            "insert into handoff_step (org, call_sid, step, at, attempts)"
                    + " values ('acme', 'CA1', 'accepted', current_timestamp, 1)");

    private static void migrates(String url, String user, String password) {
        DriverManagerDataSource database = new DriverManagerDataSource(url, user, password);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:ledger")
                .table("handoff_schema_history")
                .target("8")
                .load()
                .migrate();
        JdbcTemplate ledger = new JdbcTemplate(database);
        ROWS.forEach(ledger::execute);

        LedgerDatabase.open(url, user, password, 2, Duration.ofSeconds(5)).close();

        assertThat(ledger.queryForList("select call_sid, decision, latest, state, conversation_sid, note_message_sid,"
                        + " task_sid from handoff order by call_sid"))
                .extracting(Map::values)
                .extracting(Object::toString)
                .containsExactly(
                        "[CA1, 1, true, accepted, null, null, WT1]",
                        "[CA2, 1, true, transferred, null, null, WT2]",
                        "[CA3, 1, true, active, CH3, IM3, null]");
        assertThat(ledger.queryForList("select call_sid || decision || task_sid from handoff_task", String.class))
                .containsExactlyInAnyOrder("CA11WT1", "CA21WT2");
        assertThat(ledger.queryForList(
                        "select task_sid || reservation_sid || worker_sid from handoff_accept", String.class))
                .containsExactly("WT1WR1WK1");
        assertThat(ledger.queryForObject("select decision from handoff_step", Integer.class))
                .isEqualTo(1);
        // a node of the earlier version may go on for a moment
        assertThat(ledger.update("insert into handoff (org, call_sid, state, started_at)"
                        + " values ('acme', 'CA1', 'active', current_timestamp) on conflict do nothing"))
                .isZero();

        ledger.update(
                "insert into handoff_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) values (999, '999', 'later', 'SQL', 'V999__later.sql', 1,"
                        + " 'somebody', 1, true)");
        assertThatThrownBy(() -> LedgerDatabase.open(url, user, password, 2, Duration.ofSeconds(5)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handoff.ledger.url")
                .hasMessageContaining(
                        "its tables are of version 999, which a newer version of this application has made");
    }

    @Test
    void onH2(@TempDir Path data) {
        migrates(LedgerDatabase.embeddedUrl(data), "", "");
    }

    @Test
    @EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
    void onPostgres() {
        migrates(PostgresServer.newDatabase("migrated"), PostgresServer.USER, PostgresServer.PASSWORD);
    }
}
