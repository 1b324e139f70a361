package io.flexhandoff.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.flexhandoff.trace.FailureWords;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.util.ObjectHelper;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * The relational database that holds the handoff ledger: H2 in the data folder, or whatever {@code handoff.ledger.url}
 * names. Opening it brings its schema up to date.
 */
public final class LedgerDatabase implements AutoCloseable {

    /** What follows the database's name may hold a password. */
    private static final Pattern PARAMETERS = Pattern.compile("[?;].*");

    /** No JDBC URL has credentials before its host; PostgreSQL's driver would log them as a bad port. */
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/?;]*@");

    private static final Pattern SCHEMA = Pattern.compile("^jdbc:postgresql:.*[?&]currentSchema=([^&,]+)");

    /** SQL states of PostgreSQL: who it is that asks is not known, or does not prove it. */
    private static final Pattern NOT_LET_IN = Pattern.compile("28...|08004");

    /** A table or an index of that name is there already. */
    private static final String TAKEN = "42P07";

    private static final String POSTGRES = "jdbc:postgresql:";

    /** Whoever waits for a connection has a caller on the line, perhaps. */
    private static final int CONNECT_MILLIS = 2_000;

    private static final int VALIDATE_MILLIS = 1_000;

    private static final int START_MILLIS = 10_000;

    /** How long PostgreSQL may keep silent over what is read; without it, a host that vanished would hold its reader for a quarter of an hour. */
    private static final String READ_SECONDS = "10";

    /**
     * Whoever waits for a lock makes others wait: no longer than H2 does, 2 s; and the locks of a node that vanished are given
     * back.
     */
    private static final String POSTGRES_LIMITS =
            "set lock_timeout = '2s'; set idle_in_transaction_session_timeout = '10s'";

    private final HikariDataSource dataSource;
    private final HikariDataSource writersOwn;
    private final LedgerWriter writer;

    private LedgerDatabase(HikariDataSource dataSource, HikariDataSource writersOwn, Duration writeTimeout) {
        this.dataSource = dataSource;
        this.writersOwn = writersOwn;
        this.writer = new LedgerWriter(writersOwn, writeTimeout);
    }

    /**
     * JDBC URL of the embedded database: on disk before a commit returns, since a killed process must not forget; without a file for what goes
     * wrong, since on a full disk that takes the room that the database waits for.
     */
    public static String embeddedUrl(Path dataDir) {
        return "jdbc:h2:file:" + dataDir.resolve("ledger")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;QUERY_CACHE_SIZE=256";
    }

    /**
     * @param user may be {@code null}
     * @param password may be {@code null}
     * @param connections size of the pool; the writer has one more
     * @param writeTimeout how long whoever writes waits
     * @throws IllegalArgumentException when the URL has credentials before its host
     * @throws IllegalStateException naming the setting, when the database does not let us in or its schema cannot be
     *     brought up to date; without credentials
     */
    public static LedgerDatabase open(
            String url, String user, String password, int connections, Duration writeTimeout) {
        requireNoCredentials(url);
        HikariDataSource dataSource = null;
        try {
            try (HikariDataSource patient = new HikariDataSource(pool(url, user, password, 2))) {
                migrate(patient, url);
                dataSource = new HikariDataSource(impatient(pool(url, user, password, connections), url));
            }
            HikariDataSource writersOwn = new HikariDataSource(writersOwn(url, user, password));
            return new LedgerDatabase(dataSource, writersOwn, writeTimeout);
        } catch (RuntimeException e) {
            if (dataSource != null) {
                dataSource.close();
            }
            throw new IllegalStateException(describe(url, password, e));
        }
    }

    /** @throws IllegalArgumentException when the URL has credentials before its host */
    public static void requireNoCredentials(String url) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new IllegalArgumentException("handoff.ledger.url must not have credentials before its host: "
                    + "set handoff.ledger.user and handoff.ledger.password");
        }
    }

    /** Other tables may live beside ours: where there is no history of ours nothing of ours was made, whatever else there is. */
    private static void migrate(DataSource dataSource, String url) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:ledger")
                .table("handoff_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0");
        Matcher schema = SCHEMA.matcher(url);
        if (schema.find()) {
            // it is made when it is not there
            flyway.defaultSchema(URLDecoder.decode(schema.group(1), StandardCharsets.UTF_8));
        }
        Flyway migrations = flyway.load();
        requireNotNewer(migrations);
        migrations.migrate();
    }

    /** An application that does not know what its tables have become would write what is not true any more. */
    private static void requireNotNewer(Flyway migrations) {
        for (MigrationInfo applied : migrations.info().applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS
                    || applied.getState() == MigrationState.FUTURE_FAILED) {
                throw new IllegalStateException("its tables are of version " + applied.getVersion()
                        + ", which a newer version of this application has made: run that one, or a later one");
            }
        }
    }

    private static HikariConfig pool(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(START_MILLIS);
        return config;
    }

    /** A start, and the change of a large table, take their time; nobody else does. */
    private static HikariConfig impatient(HikariConfig config, String url) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setValidationTimeout(VALIDATE_MILLIS);
        if (url.startsWith(POSTGRES)) {
            // it has let us in just now; what the URL says of these counts
            config.setInitializationFailTimeout(-1);
            config.addDataSourceProperty("connectTimeout", "2");
            config.addDataSourceProperty("loginTimeout", "3");
            config.addDataSourceProperty("socketTimeout", READ_SECONDS);
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        return config;
    }

    /** One connection, which is opened when something is written. */
    private static HikariConfig writersOwn(String url, String user, String password) {
        HikariConfig config = impatient(pool(url, user, password, 1), url);
        config.setPoolName("ledger-writer");
        config.setAutoCommit(false);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        if (url.startsWith(POSTGRES)) {
            config.setConnectionInitSql(POSTGRES_LIMITS);
        }
        return config;
    }

    /** The failure's innermost words; the failure itself is not passed on, since drivers repeat URLs. */
    private static String describe(String url, String password, Throwable failure) {
        String shown = PARAMETERS.matcher(url).replaceFirst("");
        String words =
                String.valueOf(FailureWords.innermost(failure).getMessage()).replace(url, shown);
        if (password != null && !password.isEmpty()) {
            words = words.replace(password, "***");
        }
        SQLException refused = ObjectHelper.getException(SQLException.class, failure);
        String state = refused == null ? "" : String.valueOf(refused.getSQLState());
        if (NOT_LET_IN.matcher(state).matches()) {
            return "handoff.ledger.password: the ledger at " + shown + " does not let handoff.ledger.user in: " + words;
        }
        String opened = "handoff.ledger.url: the ledger at " + shown + " cannot be opened: ";
        if (state.equals(TAKEN)) {
            return opened + words.lines().findFirst().orElse("")
                    + ". Another's table has the name of one of ours: give the ledger"
                    + " a schema of its own by putting currentSchema=flex_handoff behind the ? of the URL";
        }
        if (ObjectHelper.getException(FlywayValidateException.class, failure) != null) {
            // its own advice is for those who run Flyway
            return opened
                    + "its tables are not as this version has made them. Restore them, or give the ledger a database of its own: "
                    + words.lines()
                            .filter(line -> line.startsWith("->") || line.contains("version"))
                            .findFirst()
                            .orElse("");
        }
        return opened + words;
    }

    /**
     * The database of this process has closed itself, since it could not be written, and only a new process opens it again.
     *
     * @param told gets why, at each write that is tried
     */
    public void whenLost(Consumer<String> told) {
        writer.whenLost(told);
    }

    /** Connections with autocommit, for what is read. */
    public DataSource dataSource() {
        return dataSource;
    }

    public LedgerWriter writer() {
        return writer;
    }

    @Override
    public void close() {
        writer.close();
        writersOwn.close();
        dataSource.close();
    }
}
