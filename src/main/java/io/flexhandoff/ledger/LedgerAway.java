package io.flexhandoff.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * The ledger does not answer. What was asked for may be done or not; it can be asked for again when the ledger is back, and nothing is wrong with
 * it.
 */
public final class LedgerAway extends LedgerFailure {

    /** SQLSTATEs of a server that goes down or comes up (57P01 to 57P03), and of H2 without its file. */
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03", "90067", "90098", "90121");

    public LedgerAway(String message) {
        super(message);
    }

    LedgerAway(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether H2 has closed its files after a write that failed: the connections that are open keep it so, whatever room there is later. */
    static boolean isClosedForGood(Throwable failure) {
        return failure instanceof SQLException ofDatabase && "90098".equals(ofDatabase.getSQLState());
    }

    /** Whether a failure is of the connection, not of what was asked for. */
    static boolean is(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return failure instanceof SQLTransientConnectionException || state.startsWith("08") || GOING.contains(state);
    }
}
