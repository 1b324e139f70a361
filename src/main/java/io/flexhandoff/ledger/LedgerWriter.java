package io.flexhandoff.ledger;

import io.flexhandoff.trace.FailureWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the ledger for everybody, on a thread and a connection of its own: whatever is asked for while one commit is
 * on its way to the disk is committed together by the next. While many write, a commit waits
 * {@value LedgerQueue#COMPANY_MILLIS} ms for company, and {@value LedgerQueue#LEISURE_MILLIS} ms while nobody waits for any of
 * it; a caller who writes alone waits for nobody. What one caller asks for is done in the order in which it asks.
 *
 * <p>Work that fails is rolled back alone: those before it and those after it are committed without it, and it is tried
 * once more by itself. When the connection breaks, what was not committed is run again on a new one, once. Whether a commit whose
 * answer was lost has been done is not known, so its work is run again too: nothing is lost, but an insert {@code on
 * conflict do nothing} may count 0 rows though the row is its own.
 *
 * <p>While the ledger does not answer nobody waits for it: what would be written is refused with {@link LedgerAway} until it is back, for which
 * the writer looks by itself.
 *
 * <p>The time that the database gives ({@code current_timestamp}) is when a transaction began, which is after everything
 * in it was asked for.
 */
public final class LedgerWriter implements AutoCloseable {

    /** What takes longer is taken for silence: a caller's patience is about as long. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    /** Between two looks whether the ledger is back, and of one who waits whether it is away. */
    private static final int LOOK_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private final LedgerQueue queue = new LedgerQueue();
    private final DataSource dataSource;
    private final int timeoutMillis;
    private final Thread thread = new Thread(this::work, "ledger-writer");
    private volatile boolean closed;
    private volatile Consumer<String> lost = why -> {};
    private volatile boolean unreachable;
    /** When the database got what it has not answered yet, {@code null} for nothing. */
    private volatile Long askedAt;

    /**
     * @param dataSource gives a connection without autocommit, and another one when that broke
     * @param timeout how long {@link #write} waits, and the database may keep silent
     */
    LedgerWriter(DataSource dataSource, Duration timeout) {
        this.dataSource = dataSource;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has work done soon; what is canceled before its turn is left. Whatever is chained to the future without an executor of
     * its own is run by the writer's thread, and must not wait for anything.
     *
     * @return completed once the work is committed; fails with what the work throws, or a {@link LedgerFailure}
     */
    public <T> CompletableFuture<T> submit(LedgerWork<T> work) {
        return submit(new LedgerJob<>(work, false));
    }

    private <T> CompletableFuture<T> submit(LedgerJob<T> job) {
        queue.add(job);
        if (closed && queue.remove(job)) {
            job.fail(closing());
        }
        return job.done;
    }

    /**
     * Has work done, and waits until it is committed.
     *
     * @throws LedgerFailure when it is not done, or not known to be done in time
     */
    public <T> T write(LedgerWork<T> work) {
        requireAnswers();
        CompletableFuture<T> done = submit(new LedgerJob<>(work, true));
        try {
            return await(done);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerFailure("Interrupted before the ledger answered; it may do it yet");
        } finally {
            done.cancel(false);
        }
    }

    private <T> T await(CompletableFuture<T> done) throws ExecutionException, InterruptedException {
        for (int left = timeoutMillis; left > 0; left -= LOOK_MILLIS) {
            try {
                return done.get(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                requireAnswers();
            }
        }
        throw new LedgerAway("The ledger has not answered within " + timeoutMillis + " ms; it may do it yet");
    }

    /** Whether the ledger keeps silent, or cannot be reached. */
    public boolean isAway() {
        Long asked = askedAt;
        return unreachable || asked != null && System.nanoTime() - asked > SILENCE.toNanos();
    }

    /** @throws LedgerAway while it does not answer */
    public void requireAnswers() {
        if (isAway()) {
            throw new LedgerAway("The ledger does not answer; nobody waits for it");
        }
    }

    private void work() {
        while (!queue.isEnded()) {
            commit(queue.next(), true);
            askedAt = null;
            if (unreachable) {
                awaitReturn();
            }
        }
        queue.refuse(closing());
    }

    /** @see LedgerDatabase#whenLost */
    void whenLost(Consumer<String> told) {
        lost = told;
    }

    private void awaitReturn() {
        LOG.warn("The ledger does not answer: events of calls wait for it, callers do not");
        while (unreachable && !closed) {
            queue.refuse(new LedgerAway("The ledger does not answer"));
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // of nobody here
            }
            try (Connection connection = dataSource.getConnection()) {
                unreachable = !connection.isValid(1);
            } catch (SQLException e) {
                LOG.debug("The ledger does not answer yet", e);
            }
        }
        LOG.info("The ledger answers again");
    }

    /** Commits these, or as many of them as can be. */
    private void commit(List<LedgerJob<?>> jobs, boolean first) {
        if (jobs.isEmpty()) {
            return;
        }
        Attempt attempt = attempt(jobs);
        if (attempt.outcome == Outcome.COMMITTED) {
            jobs.forEach(LedgerJob::complete);
        } else if (first && (attempt.outcome == Outcome.CONFLICT || attempt.outcome == Outcome.BROKEN)) {
            commit(jobs, false);
        } else if (attempt.outcome == Outcome.UNREACHABLE) {
            unreachable = true;
            jobs.forEach(job -> job.fail(attempt.failure));
        } else if (jobs.size() == 1 || attempt.outcome == Outcome.BROKEN) {
            jobs.forEach(job -> job.fail(attempt.failure));
        } else if (attempt.culprit == null) {
            jobs.forEach(job -> commit(List.of(job), first));
        } else {
            int culprit = jobs.indexOf(attempt.culprit);
            commit(jobs.subList(0, culprit), first);
            commit(List.of(attempt.culprit), first);
            commit(jobs.subList(culprit + 1, jobs.size()), first);
        }
    }

    private Attempt attempt(List<LedgerJob<?>> jobs) {
        Connection connection;
        try {
            if (askedAt == null) {
                askedAt = System.nanoTime();
            }
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            // those who came meanwhile have waited long enough too
            queue.refuse(e);
            return new Attempt(Outcome.UNREACHABLE, e, null);
        }
        LedgerJob<?> current = null;
        try {
            // else a host that vanished would hold everybody
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            for (LedgerJob<?> job : jobs) {
                current = job;
                askedAt = System.nanoTime();
                job.run(connection);
            }
            current = null;
            askedAt = System.nanoTime();
            connection.commit();
            return new Attempt(Outcome.COMMITTED, null, null);
        } catch (Throwable e) {
            if (LedgerAway.isClosedForGood(e)) {
                lost.accept("The database in handoff.data-dir has closed itself: " + FailureWords.of(e));
            }
            Outcome outcome = rollBack(connection) ? Outcome.of(e) : Outcome.BROKEN;
            return new Attempt(outcome, e, current);
        } finally {
            giveBack(connection);
        }
    }

    /** Whether the connection can still be used. */
    private static boolean rollBack(Connection connection) {
        try {
            connection.rollback();
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection to the ledger did not close", e);
        }
    }

    private static LedgerFailure closing() {
        return new LedgerFailure("The ledger has not done it: it is closed");
    }

    /** Does what was asked for before, and ends. */
    @Override
    public void close() {
        closed = true;
        queue.end();
        try {
            thread.join(2L * timeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private enum Outcome {
        COMMITTED,
        /** Another transaction was in the way: deadlock, serialization. */
        CONFLICT,
        /** The connection is gone, and with it the knowledge of whether a commit was done. */
        BROKEN,
        /** There is no connection. */
        UNREACHABLE,
        FAILED;

        static Outcome of(Throwable failure) {
            return failure instanceof SQLException ofDatabase
                            && String.valueOf(ofDatabase.getSQLState()).startsWith("40")
                    ? CONFLICT
                    : FAILED;
        }
    }

    /** How a transaction went, and whose work failed, if it was not the commit. */
    private record Attempt(Outcome outcome, Throwable failure, LedgerJob<?> culprit) {}
}
