package io.flexhandoff.health;

import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.trace.FailureWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the ledger can be read and written, as events do it: by statements that change nothing. */
public final class LedgerCheck implements HealthCheck {

    /** A probe waits three seconds for everything. */
    private static final int PATIENCE_SECONDS = 2;

    private final LedgerDatabase ledger;

    public LedgerCheck(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    @Override
    public String part() {
        return "ledger";
    }

    @Override
    public Optional<String> trouble() {
        if (ledger.writer().isAway()) {
            return Optional.of(
                    "The ledger does not answer: callers move all the same, and what waits for it is done when it is back");
        }
        CompletableFuture<Void> written = ledger.writer().submit(connection -> {
            run(connection, "select org from handoff where org = '' and call_sid = ''");
            run(connection, "update handoff set state = state where org = '' and call_sid = ''");
            return null;
        });
        try {
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            written.cancel(false);
            return Optional.of("The ledger takes nothing within " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException e) {
            return Optional.of("The ledger cannot be used: " + FailureWords.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The ledger was not asked: this process is stopping");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.execute(sql);
        }
    }
}
