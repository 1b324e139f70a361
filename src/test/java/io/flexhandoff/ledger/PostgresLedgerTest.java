package io.flexhandoff.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** On a PostgreSQL that three settings name, and nothing else differs. */
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
@HandoffTest
@DirtiesContext
class PostgresLedgerTest extends DecisionChecks {

    private static String url;

    @DynamicPropertySource
    static void postgres(DynamicPropertyRegistry settings) {
        url = PostgresServer.newDatabase("ledger");
        settings.add("handoff.ledger.url", () -> url);
        settings.add("handoff.ledger.user", () -> PostgresServer.USER);
        settings.add("handoff.ledger.password", () -> PostgresServer.PASSWORD);
    }

    @Test
    void aWrongPasswordIsNamedAndNotTold() {
        assertThatThrownBy(() ->
                        LedgerDatabase.open(url, PostgresServer.USER, "not-the-password", 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("handoff.ledger.password: the ledger at " + url
                        + " does not let handoff.ledger.user in: FATAL: password authentication failed for user"
                        + " \"handoff\"");
    }
}
