package io.flexhandoff.component.callevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.late.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The broker keeps what tells of an escalation until the call is moved, whichever exchange does it. */
class EscalatingTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:05Z");

    private final Escalating escalating = new Escalating();
    private final Exchange inTurn = new DefaultExchange(new DefaultCamelContext());
    private final Exchange inHurry = new DefaultExchange(new DefaultCamelContext());
    private final Arrival ahead = arrival(NOW);
    private final Arrival event = arrival(null);

    private static Arrival arrival(Instant ahead) {
        return new Arrival(
                null, null, "", Delivery.FIRST, "acme/CA1", "acme", "CA1", "e1", null, ahead, null, true, false, true);
    }

    @Test
    void bothAreForgottenWhenTheOneThatMovesTheCallHasEnded() {
        escalating.add(ahead);
        assertThat(escalating.moves(inHurry)).isTrue();
        assertThat(escalating.moves(inTurn)).isFalse();
        assertThat(escalating.ended(inTurn, event)).isEmpty();
        assertThat(escalating.ended(inHurry, null)).containsExactly(ahead, event);
    }

    @Test
    void aHurryThatComesSecondLeavesTheCallToTheFirst() {
        escalating.add(ahead);
        assertThat(escalating.moves(inTurn)).isTrue();
        escalating.settleUnlessMoved(inHurry);
        assertThat(escalating.ended(inHurry, null)).isEmpty();
        escalating.failed(inTurn);
        assertThat(escalating.isTaken()).isFalse();
    }

    @Test
    void oneThatWasLeftToAnotherWhichFailsIsNotForgotten() {
        assertThat(escalating.moves(inHurry)).isTrue();
        escalating.failed(inHurry);
        assertThat(escalating.ended(null, event)).isEmpty();
        assertThat(escalating.isTaken()).isFalse();
        assertThat(escalating.moves(inHurry)).isTrue();
        assertThat(escalating.ended(inHurry, null)).containsExactly(event);
    }

    @Test
    void aClaimIsOursWhenTheBrokerHandsItOutHereAndAnothersMakesUsWait() {
        CompletableFuture<Void> claim = escalating.claim();
        escalating.arrived(event);
        assertThat(claim).isNotDone();
        escalating.arrived(claimOf(escalating.tryId()));
        assertThat(claim).isCompleted();
        assertThat(escalating.isFirst()).isTrue();

        escalating.arrived(claimOf("a try of a node that died"));
        assertThat(escalating.isFirst()).isFalse();
        assertThat(escalating.isClaimedByAnother(Duration.ofMinutes(10))).isTrue();
        assertThat(escalating.isClaimedByAnother(Duration.ZERO)).isFalse();
    }

    @Test
    void whatTheBrokerHasGivenToSomebodyBeforeIsNotBegunHereWithoutTheLedger() {
        escalating.arrived(event.onceMore());
        assertThat(escalating.isFirst()).isFalse();
    }

    private static Arrival claimOf(String claim) {
        return new Arrival(
                null, null, "", Delivery.FIRST, "acme/CA1", "acme", "CA1", "e1", null, NOW, claim, true, false, true);
    }
}
