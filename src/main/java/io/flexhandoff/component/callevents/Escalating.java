package io.flexhandoff.component.callevents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/**
 * An escalation that is under way on this node: handled in its turn, behind what its call said before, or at once when the
 * caller's patience has ended. Whichever exchange comes to the point first moves the call; the other leaves it alone.
 */
public final class Escalating {

    private final String tryId = UUID.randomUUID().toString();

    private final List<Arrival> arrivals = new ArrayList<>();
    private Exchange mover;
    private boolean settled;
    private Instant movedAt;
    private boolean deliveredBefore;
    private CompletableFuture<Void> claim = new CompletableFuture<>();
    /** {@link System#nanoTime()} when the claim of another node's try came here, {@code null} for none. */
    private Long othersClaim;

    /** Whether an exchange is about one that is in its turn, or ahead of it; not about a further try. */
    public static boolean isKnown(Exchange exchange) {
        return exchange.getProperty(CallEventsConstants.ESCALATING) != null;
    }

    /** The escalation that an exchange is about. */
    public static Escalating of(Exchange exchange) {
        Escalating found = exchange.getProperty(CallEventsConstants.ESCALATING, Escalating.class);
        return found == null ? new Escalating() : found;
    }

    /** Whether this exchange is the one that moves the call. */
    public synchronized boolean moves(Exchange exchange) {
        if (mover == null && !settled) {
            mover = exchange;
        }
        return mover == exchange;
    }

    /** The call is moved; whether the ledger knows is another question. */
    public synchronized void moved(Instant now) {
        if (movedAt == null) {
            movedAt = now;
        }
    }

    /** When this node has moved the call, {@code null} before. */
    public synchronized Instant movedAt() {
        return movedAt;
    }

    /** Whether the broker has given it to nobody else before, who may have begun. */
    public synchronized boolean isFirst() {
        return !deliveredBefore && othersClaim == null;
    }

    /** Whether another node claimed the call so short a time ago that it may still be at it. */
    public synchronized boolean isClaimedByAnother(Duration inFlight) {
        return othersClaim != null && System.nanoTime() - othersClaim < inFlight.toNanos();
    }

    /** Begins a claim: completed when the broker hands it out here. Only the node that has the call gets it. */
    public synchronized CompletableFuture<Void> claim() {
        claim = new CompletableFuture<>();
        return claim;
    }

    /** What the broker tells of it has come here. */
    synchronized void arrived(Arrival arrival) {
        deliveredBefore |= arrival.delivery().again();
        if (arrival.claim() == null) {
            return;
        }
        if (arrival.claim().equals(tryId)) {
            claim.complete(null);
        } else {
            othersClaim = System.nanoTime();
        }
    }

    /** There is nothing more to do for the caller. */
    public synchronized void settle() {
        settled = true;
    }

    /** What this exchange could do is done; one that moves the call settles it itself. */
    synchronized void settleUnlessMoved(Exchange exchange) {
        settled |= mover == null || mover == exchange;
    }

    /** What the ledger and the broker know its tries by. */
    public String tryId() {
        return tryId;
    }

    /** Whether it is done, or an exchange is at the point of it. */
    synchronized boolean isTaken() {
        return settled || mover != null;
    }

    synchronized void add(Arrival arrival) {
        arrivals.add(arrival);
    }

    /**
     * An exchange about it has ended well.
     *
     * @param exchange {@code null} when the message was left to another
     * @param own the message that it had; {@code null}: added before
     * @return what the broker may forget now: all that told of the escalation, once nothing is left to do
     */
    synchronized List<Arrival> ended(Exchange exchange, Arrival own) {
        if (exchange != null && mover == exchange) {
            settled = true;
        }
        if (exchange != null && !settled && mover == null) {
            return own == null ? List.of() : List.of(own); // parked, or put back for a moment
        }
        if (own != null) {
            arrivals.add(own);
        }
        if (!settled) {
            return List.of();
        }
        List<Arrival> all = List.copyOf(arrivals);
        arrivals.clear();
        return all;
    }

    /** An exchange has failed for good, and comes again. */
    synchronized void failed(Exchange exchange) {
        if (mover == exchange) {
            mover = null;
        }
    }
}
