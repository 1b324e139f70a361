package io.flexhandoff.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flexhandoff.component.callevents.Escalating;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.flex.AiReservations;
import io.flexhandoff.late.EventPost;
import io.flexhandoff.ledger.LedgerAway;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;

/**
 * What routes do for a caller while the ledger does not answer.
 *
 * <p>Once all the same: a node moves a call only when the broker has given its escalation to nobody else before, no task of the call is in the
 * workflow, and its claim, which it sends to the queue in the call's message group, has come back: the broker hands a group to one node
 * only. The event, and that claim, stay with the broker until the ledger knows of the transfer. Should the node die, whoever gets them waits
 * until a request of that node must have ended, asks Twilio, and only then goes on, with the ledger.
 */
public final class WithoutLedger {

    /** The broker writes the claim to its disk and hands it out. */
    private static final Duration CLAIM = Duration.ofSeconds(1);

    private final LiveCalls calls;
    private final AiReservations reservations;
    private final Clock clock;

    /** Which escalation of a call is the one: until the ledger knows it, the same may have been sent twice. */
    private final Cache<String, Escalating> moving = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();

    public WithoutLedger(LiveCalls calls, AiReservations reservations, Clock clock) {
        this.calls = calls;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Bound as {@code movableWithoutLedger}. Out: what a claim in the ledger would have said.
     *
     * @throws LedgerAway when this one has to wait for it: it may have been begun elsewhere, the call came through Flex, had a handoff before, or is
     *     moved
     */
    public Processor movable() {
        return exchange -> {
            CallEvent.Escalated event = exchange.getVariable("event", CallEvent.Escalated.class);
            LiveCall call = calls.known(event.org(), event.callSid());
            String why = whyNot(event, call, Escalating.of(exchange), Escalating.isKnown(exchange));
            if (why != null) {
                throw new LedgerAway("The escalation waits for the ledger: " + why);
            }
            exchange.setVariable("away", true);
            exchange.setVariable("seen", false);
            exchange.setVariable("aiTask", null);
            exchange.setVariable("missingTurns", List.of());
            exchange.setVariable("conversationSid", call == null ? null : call.conversationSid());
            exchange.setVariable("claimedAt", clock.instant());
        };
    }

    private String whyNot(CallEvent.Escalated event, LiveCall call, Escalating escalating, boolean known) {
        if (escalating.movedAt() != null || event.transferred()) {
            return "the call is moved";
        }
        if (event.after() != 0 && event.after() != CallEvent.Escalated.NOT_KNOWN
                || call != null && call.transferredAt() != null) {
            return "the call had a handoff before";
        }
        if (mayBeTask(event, call)) {
            return "the call came through Flex";
        }
        if (!known || !escalating.isFirst()) {
            return "an earlier try may have moved the call";
        }
        return moving.get(event.group(), group -> escalating) == escalating ? null : "another of the call goes first";
    }

    private boolean mayBeTask(CallEvent.Escalated event, LiveCall call) {
        boolean named = event.escalation().task() != null;
        return named || (call == null ? reservations.worker(event.org()).sid() != null : call.isTask());
    }

    /** Bound as {@code claimOfTry}. Out: what tells the broker that this try is about to move the call as the body. */
    public Processor claim() {
        return exchange -> {
            Escalating escalating = Escalating.of(exchange);
            exchange.setVariable("claim", escalating.claim());
            exchange.getMessage()
                    .setBody(EventPost.claiming(exchange.getVariable("event", CallEvent.class), escalating.tryId()));
        };
    }

    /**
     * Bound as {@code claimHandedOut}.
     *
     * @throws LedgerAway when the broker does not hand the claim out here in time: the call may be another node's
     */
    public Processor handedOut() {
        return exchange -> {
            try {
                exchange.getVariable("claim", Future.class).get(CLAIM.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new LedgerAway("The broker does not say whether the call is still this node's");
            }
        };
    }

    /**
     * Bound as {@code callMoved}: what follows is late, and no try on this node moves the call again.
     *
     * @throws LedgerAway when the ledger has not even been asked: it learns of the transfer when it is back
     */
    public Processor moved() {
        return exchange -> {
            CallEvent event = exchange.getVariable("event", CallEvent.class);
            if (!(event instanceof CallEvent.Escalated) || !Escalating.isKnown(exchange)) {
                return;
            }
            Escalating.of(exchange).moved(clock.instant());
            LiveCall call = calls.known(event.org(), event.callSid());
            if (call != null) {
                call.transferred(clock.instant(), event.receivedAt());
            }
            if (Boolean.TRUE.equals(exchange.getVariable("away"))) {
                throw new LedgerAway("The call is moved; the ledger learns it when it is back");
            }
        };
    }
}
