package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What whoever writes to the ledger may rely on, on any database. */
abstract class LedgerWriterChecks {

    private static final Duration LONG = Duration.ofSeconds(30);

    private LedgerDatabase database;
    private LedgerWriter writer;
    private JdbcTemplate jdbc;

    abstract LedgerDatabase open(Duration writeTimeout);

    /** SQL that answers which transaction it runs in. */
    abstract String transaction();

    @BeforeEach
    void open() {
        database = open(LONG);
        writer = database.writer();
        jdbc = new JdbcTemplate(database.dataSource());
        jdbc.execute(
                "create table entry (id bigint generated always as identity primary key, word varchar(100) unique)");
    }

    @AfterEach
    void close() {
        jdbc.execute("drop table entry");
        database.close();
    }

    LedgerWriter writer() {
        return writer;
    }

    List<String> words() {
        return jdbc.queryForList("select word from entry order by id", String.class);
    }

    @Test
    void whatIsAskedForDuringACommitIsCommittedTogether() throws Exception {
        CountDownLatch hold = hold();
        List<CompletableFuture<String>> transactions = IntStream.range(0, 20)
                .mapToObj(i -> writer.submit(connection -> {
                    insert("word-" + i).run(connection);
                    return text(connection, transaction());
                }))
                .toList();
        hold.countDown();

        assertThat(transactions.stream().map(CompletableFuture::join).distinct())
                .hasSize(1);
        assertThat(words()).hasSize(20);
        String later = writer.write(connection -> text(connection, transaction()));
        assertThat(later).isNotEqualTo(transactions.get(0).join());
    }

    @Test
    void onlyWhatFailsIsRolledBack() throws Exception {
        CountDownLatch hold = hold();
        List<CompletableFuture<Integer>> done = new ArrayList<>();
        for (String word : List.of("a", "b", "a", "c", "b", "d")) {
            done.add(writer.submit(connection -> {
                insert(word + "-first").run(connection);
                return insert(word).run(connection);
            }));
        }
        CompletableFuture<Void> broken = writer.submit(connection -> {
            insert("never").run(connection);
            throw new IllegalArgumentException("no work");
        });
        CompletableFuture<Integer> last = writer.submit(insert("e"));
        hold.countDown();

        assertThat(last.join()).isEqualTo(1);
        assertThat(done.stream().map(CompletableFuture::isCompletedExceptionally))
                .containsExactly(false, false, true, false, true, false);
        assertThatThrownBy(() -> done.get(2).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(LedgerFailure.class)
                .hasMessageContaining("SQLSTATE 23505");
        assertThatThrownBy(broken::join).hasRootCauseMessage("no work");
        assertThat(words()).containsExactly("a-first", "a", "b-first", "b", "c-first", "c", "d-first", "d", "e");
    }

    @Test
    void aRowThatSomebodyElseHoldsHoldsNobodyElse() throws Exception {
        writer.write(insert("held"));
        try (Connection another = database.dataSource().getConnection()) {
            another.setAutoCommit(false);
            update(another, "held");
            CountDownLatch hold = hold();
            CompletableFuture<Integer> before = writer.submit(insert("before"));
            CompletableFuture<Integer> held = writer.submit(connection -> update(connection, "held"));
            CompletableFuture<Integer> after = writer.submit(insert("after"));
            hold.countDown();

            assertThat(before.join() + after.join()).isEqualTo(2);
            assertThatThrownBy(held::join).hasMessageContaining("The ledger has not done it");
            another.rollback();
        }
        assertThat(writer.<Integer>write(connection -> update(connection, "held")))
                .isEqualTo(1);
    }

    @Test
    void whatACallerAsksForIsDoneInItsOrder() throws Exception {
        CountDownLatch hold = hold();
        CompletableFuture<Integer> faulty = writer.submit(insert("x".repeat(200)));
        List<CompletableFuture<Integer>> done = IntStream.range(0, 600)
                .mapToObj(i -> writer.submit(insert("word-" + i)))
                .toList();
        hold.countDown();

        done.forEach(CompletableFuture::join);
        assertThat(faulty).isCompletedExceptionally();
        assertThat(words())
                .containsExactlyElementsOf(
                        IntStream.range(0, 600).mapToObj(i -> "word-" + i).toList());
    }

    @Test
    void whatIsCanceledBeforeItsTurnIsLeft() throws Exception {
        CountDownLatch hold = hold();
        CompletableFuture<Integer> canceled = writer.submit(insert("canceled"));
        CompletableFuture<Integer> done = writer.submit(insert("done"));
        canceled.cancel(false);
        hold.countDown();

        assertThat(done.join()).isEqualTo(1);
        assertThat(words()).containsExactly("done");
    }

    @Test
    void whoeverWaitsTooLongIsToldSo() throws Exception {
        try (LedgerDatabase hasty = open(Duration.ofMillis(100))) {
            CountDownLatch hold = hold(hasty.writer());
            assertThatThrownBy(() -> hasty.writer().write(insert("late")))
                    .isInstanceOf(LedgerFailure.class)
                    .hasMessage("The ledger has not answered within 100 ms; it may do it yet");
            hold.countDown();
            assertThat(hasty.writer().submit(insert("next")).join()).isEqualTo(1);
        }
        assertThat(words()).containsExactly("next");
    }

    @Test
    void closingDoesWhatWasAskedForAndRefusesTheRest() throws Exception {
        LedgerDatabase other = open(LONG);
        CountDownLatch hold = hold(other.writer());
        CompletableFuture<Integer> before = other.writer().submit(insert("before"));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(other::close);
        hold.countDown();
        closing.join();
        CompletableFuture<Integer> after = other.writer().submit(insert("after"));

        assertThat(before.join()).isEqualTo(1);
        assertThatThrownBy(after::join).hasRootCauseMessage("The ledger has not done it: it is closed");
        assertThat(words()).containsExactly("before");
    }

    private CountDownLatch hold() throws InterruptedException {
        return hold(writer);
    }

    /** Keeps the writer busy until the latch is counted down. */
    static CountDownLatch hold(LedgerWriter writer) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        writer.submit(connection -> {
            held.countDown();
            try {
                return hold.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        held.await();
        return hold;
    }

    static LedgerWork<Integer> insert(String word) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement("insert into entry (word) values (?)")) {
                statement.setString(1, word);
                return statement.executeUpdate();
            }
        };
    }

    static int update(Connection connection, String word) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update entry set word = word where word = ?")) {
            statement.setString(1, word);
            return statement.executeUpdate();
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
