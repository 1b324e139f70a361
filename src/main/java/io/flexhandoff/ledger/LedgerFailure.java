package io.flexhandoff.ledger;

import java.sql.SQLException;
import java.util.Map;

/** The ledger has not done what it was asked for. Its words never repeat a value. */
public class LedgerFailure extends RuntimeException {

    /** Classes of SQLSTATE whose messages repeat values: data, integrity, a view's check, a trigger's own words. */
    private static final Map<String, String> OF_VALUES = Map.of(
            "22", "a value does not fit",
            "23", "a value breaks a rule of its table",
            "44", "a value breaks a rule of its view",
            "P0", "a trigger objects");

    LedgerFailure(String message) {
        super(message);
    }

    LedgerFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * The failure as it may be told, a {@link LedgerAway} when nobody refused anything; the database's own words are its cause where they do
     * not repeat values.
     */
    public static LedgerFailure of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (LedgerAway.is(failure)) {
            return new LedgerAway("The ledger has not done it: " + failure.getMessage(), failure);
        }
        String about = OF_VALUES.get(state.substring(0, Math.min(2, state.length())));
        return about == null
                ? new LedgerFailure("The ledger has not done it: " + failure.getMessage(), failure)
                : new LedgerFailure("The ledger refuses it: " + about + " (SQLSTATE " + state + ")");
    }
}
