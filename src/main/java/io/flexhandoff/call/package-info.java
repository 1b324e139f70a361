/** What this node knows of the live calls whose events it has, so that it need not ask the ledger at each of them. */
package io.flexhandoff.call;
