package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.support.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On PostgreSQL, whose connections may break. */
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class PostgresLedgerWriterTest extends LedgerWriterChecks {

    private static String url;

    @BeforeAll
    static void create() {
        url = PostgresServer.newDatabase("ledger_writer");
    }

    @Override
    LedgerDatabase open(Duration writeTimeout) {
        return LedgerDatabase.open(url, PostgresServer.USER, PostgresServer.PASSWORD, 2, writeTimeout);
    }

    @Override
    String transaction() {
        return "select txid_current()";
    }

    @Test
    void aConnectionThatBreaksCostsNothing() throws Exception {
        CountDownLatch hold = hold(writer());
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> before = writer().submit(insert("before"));
        CompletableFuture<Integer> breaks = writer().submit(connection -> {
            if (runs.incrementAndGet() == 1) {
                terminate(text(connection, "select pg_backend_pid()"));
            }
            return insert("breaks").run(connection);
        });
        CompletableFuture<Integer> after = writer().submit(insert("after"));
        hold.countDown();

        assertThat(before.join() + breaks.join() + after.join()).isEqualTo(3);
        assertThat(runs).hasValue(2);
        assertThat(words()).containsExactly("before", "breaks", "after");
    }

    @Test
    void aConnectionThatBrokeMeanwhileCostsNothing() throws Exception {
        terminate(writer().write(connection -> text(connection, "select pg_backend_pid()")));

        assertThat(writer().write(insert("next"))).isEqualTo(1);
    }

    @Test
    void workThatBreaksEveryConnectionFails() throws Exception {
        assertThatThrownBy(() -> writer().write(connection -> {
                    terminate(text(connection, "select pg_backend_pid()"));
                    return insert("never").run(connection);
                }))
                .isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("terminating connection due to administrator command");

        assertThat(writer().write(insert("next"))).isEqualTo(1);
        assertThat(words()).containsExactly("next");
    }

    @Test
    void aDeadlockWithAnotherNodeIsTriedAgain() throws Exception {
        writer().write(insert("a"));
        writer().write(insert("b"));
        try (Connection node = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
            node.setAutoCommit(false);
            update(node, "b");
            CountDownLatch hold = hold(writer());
            CompletableFuture<Integer> first = writer().submit(connection -> update(connection, "a"));
            CompletableFuture<Integer> second = writer().submit(connection -> update(connection, "b"));
            hold.countDown();
            // waits for the writer, which waits for this one: the database breaks the circle at whoever asks last
            while (!isWaiting()) {
                Thread.onSpinWait();
            }
            try {
                update(node, "a");
                node.commit();
            } catch (SQLException victim) {
                node.rollback();
            }

            assertThat(first.join() + second.join()).isEqualTo(2);
        }
    }

    private static boolean isWaiting() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
            return !text(connection, "select count(*) from pg_locks where not granted")
                    .equals("0");
        }
    }

    /** As an administrator does, or a server that goes down. */
    private static void terminate(String backend) throws SQLException {
        try (Connection other = DriverManager.getConnection(url, PostgresServer.USER, PostgresServer.PASSWORD)) {
            text(other, "select pg_terminate_backend(" + backend + ", 5000)");
        }
    }
}
