package io.flexhandoff.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** What somebody wants to have written, and what came of it. */
final class LedgerJob<T> {
    private final LedgerWork<T> work;
    /** Whether somebody waits for it. */
    final boolean awaited;

    final CompletableFuture<T> done = new CompletableFuture<>();
    private T result;

    LedgerJob(LedgerWork<T> work, boolean awaited) {
        this.work = work;
        this.awaited = awaited;
    }

    void run(Connection connection) throws SQLException {
        if (!done.isDone()) {
            result = work.run(connection);
        }
    }

    void complete() {
        done.complete(result);
    }

    void fail(Throwable failure) {
        done.completeExceptionally(failure instanceof SQLException ofDatabase ? LedgerFailure.of(ofDatabase) : failure);
    }
}
