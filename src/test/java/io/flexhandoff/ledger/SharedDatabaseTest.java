package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.support.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL that others use too, and what is said when they are in the way. */
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class SharedDatabaseTest {

    private static int databases;

    private final String url = PostgresServer.newDatabase("shared" + ++databases);

    private static void open(String url) {
        LedgerDatabase.open(url, PostgresServer.USER, PostgresServer.PASSWORD, 2, Duration.ofSeconds(5))
                .close();
    }

    private List<String> sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        }
    }

    private List<String> history() throws SQLException {
        return sql(
                "select installed_rank || ' ' || coalesce(version, '') || ' ' || coalesce(checksum, 0) || ' ' || installed_on"
                        + " from handoff_schema_history order by installed_rank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table customer (id int primary key); insert into customer values (1)",
                "create table flyway_schema_history (installed_rank int, version text); create sequence numbers",
                "create view customer as select 1 as id; create type mood as enum ('calm')",
                "create function answer() returns int language sql as 'select 42'"
            })
    void ourTablesLiveBesideThoseOfOthers(String theirs) throws SQLException {
        sql(theirs);
        List<String> before = sql("select relname from pg_class where relnamespace = 'public'::regnamespace");

        open(url);
        List<String> history = history();
        open(url);

        assertThat(history()).isEqualTo(history);
        assertThat(sql("select count(*) from handoff")).containsExactly("0");
        assertThat(sql("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                .containsAll(before);
    }

    /** As versions before have made them, which knew no baseline. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "4", "latest"})
    void whatADeploymentHasIsNotMadeAgain(String version) throws SQLException {
        Flyway.configure()
                .dataSource(url, PostgresServer.USER, PostgresServer.PASSWORD)
                .locations("classpath:ledger")
                .table("handoff_schema_history")
                .target(version)
                .load()
                .migrate();
        sql("create table customer (id int); insert into handoff (org, call_sid, state, started_at)"
                + " values ('acme', 'CA1', 'transferred', current_timestamp)");
        List<String> history = history();

        open(url);

        assertThat(history()).startsWith(history.toArray(String[]::new)).hasSizeGreaterThanOrEqualTo(7);
        assertThat(history()).noneMatch(row -> row.contains(" 0 0 "));
        assertThat(sql("select call_sid from handoff")).containsExactly("CA1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table segment (id int)",
                "create table handoff (id int)",
                "create table orders (id int); create index handoff_state on orders (id)"
            })
    void aTableOfAnothersWithTheNameOfOursLeadsToASchemaOfItsOwn(String theirs) throws SQLException {
        sql(theirs);

        assertThatThrownBy(() -> open(url))
                .hasMessageStartingWith("handoff.ledger.url: the ledger at " + url + " cannot be opened: ")
                .hasMessageContaining("already exists")
                .hasMessageEndingWith("by putting currentSchema=flex_handoff behind the ? of the URL");

        open(url + "?currentSchema=flex_handoff");
        open(url + "?ApplicationName=handoff&currentSchema=flex_handoff");
        assertThat(sql("select count(*) from flex_handoff.handoff")).containsExactly("0");
        assertThat(sql("select count(*) from pg_tables where schemaname = 'public' and tablename like 'paused%'"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-the-password", "", "a-secret-of-the-test2"})
    void aWrongPasswordIsSaidToBeOne(String password) {
        assertThatThrownBy(() -> LedgerDatabase.open(url, PostgresServer.USER, password, 1, Duration.ofSeconds(1)))
                .hasMessageStartingWith("handoff.ledger.password: the ledger at " + url)
                .hasMessageNotContaining("test2");
        assertThatThrownBy(() -> LedgerDatabase.open(url, "nobody", password, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("does not let handoff.ledger.user in");
        open(url);
    }

    @Test
    void tablesThatAreNotOursLeadToADatabaseOfItsOwn() throws SQLException {
        open(url);
        sql("update handoff_schema_history set checksum = 1 where version = '3'");

        assertThatThrownBy(() -> open(url))
                .hasMessageContaining("or give the ledger a database of its own")
                .hasMessageNotContaining("repair");

        open(PostgresServer.newDatabase("own" + databases));
    }

    @Test
    void credentialsBeforeTheHostGoIntoTheSettings() {
        String before = url.replace("//", "//" + PostgresServer.USER + ":" + PostgresServer.PASSWORD + "@");

        assertThatThrownBy(() -> open(before))
                .hasMessageEndingWith("set handoff.ledger.user and handoff.ledger.password")
                .hasMessageNotContaining(PostgresServer.PASSWORD);

        open(url);
    }
}
