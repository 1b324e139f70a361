/** The component {@code ledger:}, by which routes read and write the ledger in SQL. */
package io.flexhandoff.component.ledger;
