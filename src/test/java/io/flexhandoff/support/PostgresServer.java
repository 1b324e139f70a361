package io.flexhandoff.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.commons.lang3.SystemUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real PostgreSQL of this test run, from a Maven artifact: started by the first test that asks for a database,
 * stopped with the JVM.
 *
 * <p>PostgreSQL refuses to run as root. As root it runs in a user namespace of its own; where that is forbidden, as in a
 * container with default rules, its tests are skipped, or fail when {@code HANDOFF_POSTGRES_REQUIRED} is {@code true}
 * (environment or system property). As any other user it always runs.
 */
public final class PostgresServer {

    /** For {@code @EnabledIf}. */
    public static final String CONDITION = "io.flexhandoff.support.PostgresServer#runsHereOrIsRequired";

    public static final String MISSING = "PostgreSQL does not run as root, and no user namespace can be made";

    /** Owns every database and nothing else. */
    public static final String USER = "handoff";

    public static final String PASSWORD = "a-secret-of-the-test";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String ACCESS = "host all postgres all trust\nhost all all all scram-sha-256\n";

    private static EmbeddedPostgres server;

    private PostgresServer() {}

    /** Whether the test is to run: condition of JUnit's {@code @EnabledIf}. */
    static boolean runsHereOrIsRequired() {
        String name = "HANDOFF_POSTGRES_REQUIRED";
        boolean root = SystemUtils.IS_OS_LINUX && "root".equals(SystemUtils.USER_NAME);
        boolean runs = Boolean.parseBoolean(System.getProperty(name, System.getenv(name)))
                || !root
                || LinuxUtils.isUnshareAvailable();
        if (!runs) {
            LOG.warn("{}: tests with PostgreSQL are skipped", MISSING);
        }
        return runs;
    }

    /**
     * JDBC URL of a new, empty database, without credentials.
     *
     * @param name of the database, a word
     */
    public static synchronized String newDatabase(String name) {
        try {
            if (server == null) {
                start();
            }
            administer("create database " + name + " owner " + USER);
            return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What makes a new database of that name the ledger. */
    public static Map<String, String> settings(String name) {
        return Map.of(
                "handoff.ledger.url", newDatabase(name),
                "handoff.ledger.user", USER,
                "handoff.ledger.password", PASSWORD);
    }

    private static void start() throws IOException, SQLException {
        // the JVMs of one test run must not unpack it into the same folder
        Path folder =
                Files.createDirectories(Path.of("target", "postgres", System.getProperty("surefire.forkNumber", "1"))
                        .toAbsolutePath());
        Path access = Files.writeString(folder.resolve("access.conf"), ACCESS);
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("hba_file", access.toString())
                .start();
        administer("create role " + USER + " login password '" + PASSWORD + "'");
    }

    private static void administer(String command) throws SQLException {
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute(command);
        }
    }
}
