package io.flexhandoff.component.ledger;

/** What a {@code ledger:} endpoint does with its query. */
public enum LedgerOperation {
    /** Runs its statements in one transaction, committed together with those of others, and waits for that. */
    write,
    /** Runs one select at once, on a connection of the pool. */
    read
}
