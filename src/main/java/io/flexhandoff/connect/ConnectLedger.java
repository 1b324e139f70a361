package io.flexhandoff.connect;

import io.flexhandoff.api.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/** What stood in an account before connect changed it, and a fingerprint of what connect wrote. */
final class ConnectLedger {

    /** @param before {@code null} when nothing stood there */
    record Entry(String before, String written) {

        /** Whether that is what connect wrote, and nobody changed it since. */
        boolean isWritten(String state) {
            return written.equals(fingerprint(state));
        }
    }

    private final DataSource dataSource;
    private final Clock clock;

    ConnectLedger(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    Optional<Entry> find(String org, String part) {
        return with("select state_before, written from connect_change where org = ? and part = ?", statement -> {
            statement.setString(1, org);
            statement.setString(2, part);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Entry(rows.getString(1), rows.getString(2))) : Optional.empty();
            }
        });
    }

    /**
     * Keeps what is about to be changed.
     *
     * @throws Problem 503 when the ledger cannot be written
     */
    void keep(String org, String part, String before, String wanted) {
        forget(org, part);
        with(
                "insert into connect_change (org, part, state_before, written, changed_at) values (?, ?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, org);
                    statement.setString(2, part);
                    statement.setString(3, before);
                    statement.setString(4, fingerprint(wanted));
                    statement.setObject(5, clock.instant().atOffset(ZoneOffset.UTC));
                    return statement.executeUpdate();
                });
    }

    /** Notes what stands in the account now, as Twilio gives it. */
    void written(String org, String part, String state) {
        with("update connect_change set written = ? where org = ? and part = ?", statement -> {
            statement.setString(1, fingerprint(state));
            statement.setString(2, org);
            statement.setString(3, part);
            return statement.executeUpdate();
        });
    }

    void forget(String org, String part) {
        with("delete from connect_change where org = ? and part = ?", statement -> {
            statement.setString(1, org);
            statement.setString(2, part);
            return statement.executeUpdate();
        });
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new Problem(
                    503,
                    "Unavailable",
                    "The ledger, which keeps what stood there before, cannot be used: " + e.getMessage());
        }
    }

    private static String fingerprint(String state) {
        try {
            byte[] bytes = String.valueOf(state).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
