package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.PlainHandoff;
import io.flexhandoff.support.PostgresServer;
import io.flexhandoff.support.SelfSigned;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL of its own that lets the ledger in by TLS alone, with a certificate for {@code localhost} that the URL says to trust. */
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class LedgerByTlsTest {

    private static final String ACCESS =
            "host all postgres all trust\nhostssl all handoff all scram-sha-256\nhostnossl all handoff all reject\n";

    @TempDir
    private static Path folder;

    private static Path certificate;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        Path store = SelfSigned.keyStore(folder);
        certificate = SelfSigned.certificate(store);
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.toString())
                .setServerConfig("ssl_key_file", SelfSigned.key(store).toString())
                .setServerConfig(
                        "hba_file",
                        Files.writeString(folder.resolve("access.conf"), ACCESS).toString())
                .start();
        administer("create role handoff login password '" + PostgresServer.PASSWORD + "'");
        administer("create database handoff owner handoff");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String administer(String command) throws Exception {
        try (Connection admin = server.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            if (!statement.execute(command)) {
                return null;
            }
            ResultSet result = statement.getResultSet();
            return result.next() ? result.getString(1) : null;
        }
    }

    /** As k8s/README.md writes it. */
    private static String verified(String host, Path trusted) {
        return "jdbc:postgresql://" + host + ":" + server.getPort() + "/handoff?sslmode=verify-full&sslrootcert="
                + trusted;
    }

    private static void open(String url) {
        LedgerDatabase.open(url, PostgresServer.USER, PostgresServer.PASSWORD, 1, Duration.ofSeconds(1))
                .close();
    }

    private static TwilioView view(TwilioClients clients) {
        return new TwilioView(clients.org("demo"), clients.forOrg("demo"));
    }

    @Test
    void aCallIsHandedOverAndEveryConnectionIsEncrypted() throws Exception {
        try (SandboxServer twilio = new SandboxServer(0, SandboxAccount.demo());
                PlainHandoff application = new PlainHandoff(
                        twilio,
                        Map.of(
                                "handoff.data-dir",
                                TemporaryDataDir.create().toString(),
                                "handoff.ledger.url",
                                verified("localhost", certificate),
                                "handoff.ledger.user",
                                PostgresServer.USER,
                                "handoff.ledger.password",
                                PostgresServer.PASSWORD))) {
            String callSid = twilio.sandbox().placeCall("+15550100", "+15550199");
            HandoffChecks.escalate(application.api(), callSid);
            HandoffChecks.arrived(view(application.runtime().twilio()), callSid);

            assertThat(administer("select string_agg(distinct ssl::text || ' ' || version, ', ') from pg_stat_ssl"
                            + " join pg_stat_activity using (pid) where usename = 'handoff'"))
                    .isEqualTo("true TLSv1.3");
            assertThat(administer("select count(*) from pg_stat_activity where usename = 'handoff'"))
                    .isNotEqualTo("0");
        }
    }

    @Test
    void aServerThatCannotProveItsNameIsRefused(@TempDir Path other) throws Exception {
        Path anothers = SelfSigned.certificate(SelfSigned.keyStore(other));

        assertThatThrownBy(() -> open(verified("localhost", anothers)))
                .hasMessageStartingWith("handoff.ledger.url: the ledger at jdbc:postgresql://localhost:")
                .hasMessageContaining("cannot be opened: ");
        assertThatThrownBy(() -> open(verified("127.0.0.1", certificate)))
                .hasMessageContaining("The hostname 127.0.0.1 could not be verified");
        assertThatThrownBy(() -> open(verified("localhost", folder.resolve("nowhere.pem"))))
                .hasMessageContaining("nowhere.pem");
        assertThatThrownBy(() -> open("jdbc:postgresql://localhost:" + server.getPort() + "/handoff?sslmode=disable"))
                .hasMessageContaining("no encryption");
    }
}
