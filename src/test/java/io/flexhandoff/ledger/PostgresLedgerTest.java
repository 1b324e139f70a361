package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.PostgresServer;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On a PostgreSQL that three settings name, and nothing else differs. */
@HandoffTest
@DirtiesContext
class PostgresLedgerTest extends LedgerChecks {

    private static PostgresServer server;

    /** Stops with this JVM, after the application that uses it. */
    @DynamicPropertySource
    static void postgres(DynamicPropertyRegistry settings) {
        server = PostgresServer.start();
        settings.add("handoff.ledger.url", server::url);
        settings.add("handoff.ledger.user", () -> PostgresServer.USER);
        settings.add("handoff.ledger.password", () -> PostgresServer.PASSWORD);
    }

    @Test
    void aWrongPasswordIsNamedAndNotTold() {
        assertThatThrownBy(() -> LedgerDatabase.open(server.url(), PostgresServer.USER, "not-the-password", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("handoff.ledger.url: the ledger at " + server.url()
                        + " cannot be opened: FATAL: password authentication failed for user \"handoff\"");
    }
}
