/** The Camel component {@code ledger}: SQL with values of the exchange, read or written together with others. It knows no table. */
package io.flexhandoff.component.ledger;
