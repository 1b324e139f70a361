package io.flexhandoff.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flexhandoff.component.callevents.CallMoves;
import io.flexhandoff.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.activemq.artemis.api.core.SimpleString;

/** The live calls of this node, each read from the ledger once, when its first event comes here. Bound as {@code liveCalls}. */
public final class LiveCalls implements CallMoves {

    private static final int MOST = 50_000;

    /** Message groups that share a bucket move together, see {@code default-group-buckets} of broker.xml. */
    private static final int BUCKETS = 1024;

    private static final String CALL = "select conversation_sid, note_message_sid, transferred_at"
            + " from handoff where org = ? and call_sid = ?";
    private static final String SEGMENTS =
            "select segment_id, sequence, state, overheard from segment where org = ? and call_sid = ?";

    private final Cache<Key, LiveCall> calls = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private final DataSource ledger;

    public LiveCalls(DataSource ledger) {
        this.ledger = ledger;
    }

    private record Key(String org, String callSid) {
        private String group() {
            return org + "/" + callSid;
        }
    }

    /** What is known of a call. */
    public LiveCall of(String org, String callSid) throws SQLException {
        Key key = new Key(org, callSid);
        LiveCall known = calls.getIfPresent(key);
        if (known == null) {
            LiveCall read = read(key);
            LiveCall other = calls.asMap().putIfAbsent(key, read);
            known = other == null ? read : other;
        }
        return known;
    }

    /** Another node may have worked on these calls since. */
    @Override
    public void moved(String group) {
        int bucket = bucket(group);
        calls.asMap().keySet().removeIf(key -> bucket(key.group()) == bucket);
    }

    /** As Artemis spreads groups over its buckets. */
    private static int bucket(String group) {
        return (SimpleString.of(group).hashCode() & Integer.MAX_VALUE) % BUCKETS;
    }

    private LiveCall read(Key key) throws SQLException {
        LiveCall call = new LiveCall();
        try (Connection connection = ledger.getConnection()) {
            try (PreparedStatement select = prepared(connection, CALL, key);
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return call;
                }
                call.load(row.getString(1), row.getString(2), Ledger.instant(row.getObject(3)));
            }
            try (PreparedStatement select = prepared(connection, SEGMENTS, key);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if ("waiting".equals(row.getString(3))) {
                        call.waits(row.getString(1), row.getInt(2), row.getBoolean(4));
                    } else {
                        call.taken(row.getString(1), row.getInt(2), row.getBoolean(4));
                    }
                }
            }
        }
        return call;
    }

    private static PreparedStatement prepared(Connection connection, String sql, Key key) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setString(1, key.org);
        select.setString(2, key.callSid);
        return select;
    }
}
