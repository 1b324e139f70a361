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
import org.apache.commons.lang3.SystemUtils;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL of this test run, from a Maven artifact, with a role that has a password and owns its database and
 * nothing else.
 *
 * <p>PostgreSQL refuses to run as root. As root it runs in a user namespace of its own; where that is forbidden, as in a
 * container with default rules, the test is skipped, or fails when {@code HANDOFF_POSTGRES_REQUIRED} is {@code true}
 * (environment or system property). As any other user it always runs.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "handoff";
    public static final String PASSWORD = "a-secret-of-the-test";

    private static final String ACCESS = "host all postgres all trust\nhost all all all scram-sha-256\n";

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgresServer start() {
        if ("root".equals(SystemUtils.USER_NAME) && SystemUtils.IS_OS_LINUX && !LinuxUtils.isUnshareAvailable()) {
            String message = "PostgreSQL does not run as root, and no user namespace can be made: run as another user";
            if (isRequired()) {
                Assertions.fail(message);
            }
            Assumptions.abort(message);
        }
        try {
            Path folder = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
            Path access = Files.writeString(folder.resolve("access.conf"), ACCESS);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setServerConfig("hba_file", access.toString())
                    .start();
            try (Connection admin = server.getPostgresDatabase().getConnection();
                    Statement statement = admin.createStatement()) {
                statement.execute("create role " + USER + " login password '" + PASSWORD + "'");
                statement.execute("create database " + USER + " owner " + USER);
            }
            return new PostgresServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRequired() {
        String name = "HANDOFF_POSTGRES_REQUIRED";
        return Boolean.parseBoolean(System.getProperty(name, System.getenv(name)));
    }

    /** JDBC URL of the database, without credentials. */
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + USER;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
