package io.flexhandoff.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.flexhandoff.component.callevents.CallMoves;
import io.flexhandoff.event.Segment;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.ledger.LedgerFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.activemq.artemis.api.core.SimpleString;

/** The live calls of this node, each read from the ledger once, when its first event comes here. Bound as {@code liveCalls}. */
public final class LiveCalls implements CallMoves {

    private static final int MOST = 50_000;

    /** How long a call in which nothing happens is remembered. */
    private static final Duration LIVE = Duration.ofMinutes(10);

    /** The same for one that a rep may have, to which little more comes, and which the ledger knows. */
    private static final Duration TRANSFERRED = Duration.ofMinutes(1);

    /** A caller may be waiting for it. */
    private static final int PATIENCE_MILLIS = 2_000;

    /** Message groups that share a bucket move together, see {@code default-group-buckets} of broker.xml. */
    private static final int BUCKETS = 1024;

    private static final String CALL =
            "select h.conversation_sid, h.note_message_sid, h.escalated_at, h.transferred_at, h.over_at, h.ai_task_sid,"
                    + " (select c.conversation_sid from closed_thread c where c.org = h.org and c.call_sid = h.call_sid"
                    + " order by c.number desc limit 1) from handoff h where h.org = ? and h.call_sid = ? and h.latest";
    private static final String SEGMENTS =
            "select segment_id, sequence, state, overheard from segment where org = ? and call_sid = ?";

    private final Cache<Key, Known> calls = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<Key, Known>accessing(
                    (key, known) -> known.call.transferredAt() == null ? LIVE : TRANSFERRED))
            .executor(Runnable::run)
            .build();

    /** How often the groups of each bucket have moved. */
    private final AtomicIntegerArray moves = new AtomicIntegerArray(BUCKETS);

    private final LedgerDatabase ledger;

    public LiveCalls(LedgerDatabase ledger) {
        this.ledger = ledger;
    }

    private record Key(String org, String callSid) {
        private String group() {
            return org + "/" + callSid;
        }
    }

    /** A call as of a move of its bucket. */
    private record Known(LiveCall call, int bucket, int move) {}

    /**
     * What is known of a call.
     *
     * @throws io.flexhandoff.ledger.LedgerAway when that is nothing yet, and the ledger does not answer
     */
    public LiveCall of(String org, String callSid) {
        Key key = new Key(org, callSid);
        Known known = calls.getIfPresent(key);
        if (isOutOfDate(known)) {
            int bucket = bucket(key.group());
            int move = moves.get(bucket);
            Known read = new Known(read(key), bucket, move);
            known = calls.asMap().compute(key, (same, other) -> isOutOfDate(other) ? read : other);
        }
        return known.call;
    }

    /** What was said in a call lately, as far as this node has followed it; nobody is asked. */
    List<Segment> turns(String org, String callSid) {
        LiveCall call = known(org, callSid);
        return call == null ? List.of() : call.turns();
    }

    /** The same if it need not be asked for, or {@code null}. */
    LiveCall known(String org, String callSid) {
        Known known = calls.getIfPresent(new Key(org, callSid));
        return isOutOfDate(known) ? null : known.call;
    }

    /** Whether another node may have worked on it since. */
    private boolean isOutOfDate(Known known) {
        return known == null || known.move != moves.get(known.bucket);
    }

    @Override
    public void moved(String group) {
        moves.incrementAndGet(bucket(group));
    }

    /** As Artemis spreads groups over its buckets. */
    private static int bucket(String group) {
        return (SimpleString.of(group).hashCode() & Integer.MAX_VALUE) % BUCKETS;
    }

    private LiveCall read(Key key) {
        ledger.writer().requireAnswers();
        try (Connection connection = ledger.dataSource().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
            return read(connection, key);
        } catch (SQLException e) {
            throw LedgerFailure.of(e);
        }
    }

    private static LiveCall read(Connection connection, Key key) throws SQLException {
        LiveCall call = new LiveCall();
        try (PreparedStatement select = prepared(connection, CALL, key);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return call;
            }
            call.load(
                    row.getString(1),
                    row.getString(2),
                    Ledger.instant(row.getObject(3)),
                    Ledger.instant(row.getObject(4)),
                    Ledger.instant(row.getObject(5)),
                    row.getString(6) != null);
            call.closed(row.getString(7));
        }
        try (PreparedStatement select = prepared(connection, SEGMENTS, key);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if ("waiting".equals(row.getString(3))) {
                    call.waits(row.getString(1), row.getInt(2), row.getBoolean(4));
                } else {
                    call.taken(row.getString(1), row.getInt(2), row.getBoolean(4));
                    if ("appended".equals(row.getString(3))) {
                        call.appended(row.getInt(2));
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
