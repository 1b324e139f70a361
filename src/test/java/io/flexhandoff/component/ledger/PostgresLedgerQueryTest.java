package io.flexhandoff.component.ledger;

import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.support.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;

/** On PostgreSQL. */
@EnabledIf(value = PostgresServer.CONDITION, disabledReason = PostgresServer.MISSING)
class PostgresLedgerQueryTest extends LedgerQueryChecks {

    private static String url;

    @BeforeAll
    static void create() {
        url = PostgresServer.newDatabase("ledger_query");
    }

    @Override
    LedgerDatabase open() {
        return LedgerDatabase.open(url, PostgresServer.USER, PostgresServer.PASSWORD, 2, Duration.ofSeconds(10));
    }
}
