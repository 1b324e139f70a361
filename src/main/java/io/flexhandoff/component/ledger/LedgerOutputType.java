package io.flexhandoff.component.ledger;

/** What a select answers. */
public enum LedgerOutputType {
    /** Each row as a map, in a list. */
    SelectList,
    /** The one row as a map, or its value when it has one column; {@code null} when there is none. */
    SelectOne
}
