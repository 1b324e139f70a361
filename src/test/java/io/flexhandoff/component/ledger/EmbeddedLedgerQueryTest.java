package io.flexhandoff.component.ledger;

import io.flexhandoff.ledger.LedgerDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** On the H2 database in the data folder. */
class EmbeddedLedgerQueryTest extends LedgerQueryChecks {

    @TempDir
    private static Path folder;

    @Override
    LedgerDatabase open() {
        return LedgerDatabase.open(LedgerDatabase.embeddedUrl(folder), null, null, 2, Duration.ofSeconds(10));
    }
}
