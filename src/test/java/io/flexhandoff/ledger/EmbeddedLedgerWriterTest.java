package io.flexhandoff.ledger;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** On the H2 database in the data folder. */
class EmbeddedLedgerWriterTest extends LedgerWriterChecks {

    @TempDir
    private static Path folder;

    @Override
    LedgerDatabase open(Duration writeTimeout) {
        return LedgerDatabase.open(LedgerDatabase.embeddedUrl(folder), null, null, 2, writeTimeout);
    }

    @Override
    String transaction() {
        return "select transaction_id()";
    }
}
