package io.flexhandoff.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is written to the ledger as one: all of it, or nothing. It neither commits nor rolls back, and can be run again:
 * what it did is rolled back first, unless the connection broke in the very moment of a commit. Then it may find its own
 * work done.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface LedgerWork<T> {

    T run(Connection connection) throws SQLException;
}
