#!/usr/bin/env bash
# Package: com.h2database:h2 2.3.232 (Maven).
# Expected: adding a column changes no plan; an update by the two leading columns of a primary key of three finds its row by that key, at
#   the latest once the table has rows and has been analyzed.
# Behaviour: ALTER TABLE ADD COLUMN makes the table anew and puts the key behind its other indexes. While the table is empty an update by the
#   key's leading columns costs the same by an index of which only the first column is given (a select does not), and of equal costs the
#   index that comes first wins. A connection with a query cache keeps that plan: neither rows nor ANALYZE make it anew, so each update
#   looks through all rows that share the first column, until the connection is closed.
# Seen, the plan of the update on the empty table: before PRIMARY_KEY_5: ORG = 'o' AND CALL_SID = 'c', after HANDOFF_STARTED: ORG = 'o'
#   300 updates of one row each among 20,000 analyzed ones: 1,762 us each on that connection, 10 us each on a new one
# Fails if that changes (the times: if the first are less than five times the others).
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
mvn -q -B dependency:copy -Dartifact=com.h2database:h2:2.3.232 -DoutputDirectory=lib >/dev/null
cat > Plan.java <<'JAVA'
import java.sql.*;

public class Plan {
    static final String URL = "jdbc:h2:mem:finding;DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=64";

    static String plan(Statement statement) throws SQLException {
        try (ResultSet plan = statement.executeQuery("explain update handoff set ended = 1 where org = 'o' and call_sid = 'c'")) {
            plan.next();
            return plan.getString(1).replaceAll("(?s).*/\\* PUBLIC\\.(.*?) *\\*/.*", "$1").replaceAll("\\s+", " ").trim();
        }
    }

    static long microseconds(Connection connection) throws SQLException {
        long begun = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            try (PreparedStatement update =
                    connection.prepareStatement("update handoff set ended = 1 where org = ? and call_sid = ?")) {
                update.setString(1, "o");
                update.setString(2, "call-" + i);
                update.executeUpdate();
            }
        }
        return (System.nanoTime() - begun) / 300_000;
    }

    public static void main(String[] args) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("create table handoff (org varchar(63), call_sid varchar(34), decision int, started timestamp, ended int,"
                    + " constraint handoff_decision primary key (org, call_sid, decision))");
            statement.execute("create index handoff_started on handoff (org, started)");
            String before = plan(statement);
            statement.execute("alter table handoff add column outcome varchar(16)");
            System.out.println("before " + before + ", after " + plan(statement));
            microseconds(connection);
            statement.execute("insert into handoff (org, call_sid, decision)"
                    + " select 'o', 'call-' || x, 1 from system_range(1, 20000)");
            statement.execute("analyze");
            microseconds(connection);
            long same = microseconds(connection);
            try (Connection fresh = DriverManager.getConnection(URL)) {
                microseconds(fresh);
                long other = microseconds(fresh);
                System.out.println(same + " us, on a new connection " + other + " us");
                System.out.println(same > 5 * other ? "kept its plan" : "made its plan anew");
            }
        }
    }
}
JAVA
javac -d . Plan.java
java -cp .:lib/h2-2.3.232.jar Plan | tee seen
grep -q "before PRIMARY_KEY_[^:]*: ORG = 'o' AND CALL_SID = 'c', after HANDOFF_STARTED: ORG = 'o'" seen
grep -q '^kept its plan' seen
