package io.flexhandoff.ledger;

import io.flexhandoff.support.HandoffTest;

/** On the H2 database in the data folder, which nobody has to set up. */
@HandoffTest
class EmbeddedLedgerTest extends DecisionChecks {}
