package io.flexhandoff.component.ledger;

import org.apache.camel.Exchange;

/** Where a statement gets one of its values from. */
@FunctionalInterface
interface Parameter {

    /**
     * The value, in the caller's thread.
     *
     * @param body of the exchange, or one element of it
     */
    Object read(Exchange exchange, Object body);

    /** How many rows an earlier statement of the query has changed: known when it has run. */
    record Updated(int statement) implements Parameter {

        @Override
        public Object read(Exchange exchange, Object body) {
            return this;
        }
    }
}
