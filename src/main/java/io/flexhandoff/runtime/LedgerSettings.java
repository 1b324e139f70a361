package io.flexhandoff.runtime;

import io.flexhandoff.ledger.LedgerDatabase;

/** Where the ledger is: {@code handoff.ledger.*}, or H2 in {@code handoff.data-dir}. */
final class LedgerSettings {

    private LedgerSettings() {}

    static boolean isEmbedded(Settings settings) {
        return settings.find("handoff.ledger.url").isEmpty();
    }

    /** @throws IllegalStateException naming the setting, when the database does not let us in */
    static LedgerDatabase open(Settings settings, int connections) {
        return LedgerDatabase.open(
                settings.find("handoff.ledger.url").orElse(LedgerDatabase.embeddedUrl(settings.dataDir())),
                settings.password("handoff.ledger.user").orElse(null),
                settings.password("handoff.ledger.password").orElse(null),
                connections,
                settings.duration("handoff.ledger.write-timeout"));
    }
}
