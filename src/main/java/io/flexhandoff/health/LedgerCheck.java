package io.flexhandoff.health;

import io.flexhandoff.trace.FailureWords;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether the ledger can be read and written: a statement that changes nothing is run. */
public final class LedgerCheck implements HealthCheck {

    private static final int PATIENCE_SECONDS = 3;

    private final DataSource ledger;

    public LedgerCheck(DataSource ledger) {
        this.ledger = ledger;
    }

    @Override
    public String part() {
        return "ledger";
    }

    @Override
    public Optional<String> trouble() {
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            statement.executeUpdate("update handoff set state = state where org = '' and call_sid = ''");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("The ledger cannot be used: " + FailureWords.of(e));
        }
    }
}
