package io.flexhandoff.call;

import io.flexhandoff.component.callevents.Escalating;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.Segment;
import io.flexhandoff.flex.AiReservations;
import io.flexhandoff.flex.RecordingLookup;
import io.flexhandoff.flex.Recordings;
import io.flexhandoff.late.NextTry;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.ledger.LedgerAway;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.outcome.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What routes do at each escalation, where expressions would cost more than the step itself. */
public final class EscalationSteps {

    private static final Logger LOG = LoggerFactory.getLogger(EscalationSteps.class);

    /**
     * A claim of the move is good for so long without being renewed: another node takes over a second after a request that began at once
     * must have ended (see {@link io.flexhandoff.ledger.Ledger#inFlight()}).
     */
    private static final Duration CLAIM = Duration.ofMillis(500);

    private final LiveCalls calls;
    private final AiReservations reservations;
    private final Recordings recordings;
    private final HandoffMetrics metrics;
    private final Duration inFlight;
    private final Clock clock;

    /** @param inFlight how long a request to Twilio may last */
    public EscalationSteps(
            LiveCalls calls,
            AiReservations reservations,
            Recordings recordings,
            HandoffMetrics metrics,
            Duration inFlight,
            Clock clock) {
        this.inFlight = inFlight;
        this.recordings = recordings;
        this.calls = calls;
        this.reservations = reservations;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Bound as {@code lookWhetherToWait}. Out: variable {@code mustWait}: segments of the call wait a moment, or may have been
     * overtaken, and the escalation or the end has not waited for them yet.
     */
    public Processor whetherToWait() {
        return exchange -> {
            boolean inWorkflow =
                    exchange.getVariable("event") instanceof CallEvent.Escalated moved && moved.transferred();
            boolean mayWait = !flag(exchange, "waited") && !flag(exchange, "hurry") && !inWorkflow;
            exchange.setVariable("mustWait", mayWait && mustWait(exchange));
        };
    }

    /** What this node does not know of the call, while the ledger does not answer, makes no caller wait. */
    private boolean mustWait(Exchange exchange) {
        try {
            return call(exchange).mustWait();
        } catch (LedgerAway e) {
            return false;
        }
    }

    /** Bound as {@code escalationClaimed}; see routes/handoff/claim-escalation. */
    public Processor claimed() {
        return exchange -> {
            Map<?, ?> row = exchange.getVariable("known", Map.class);
            @SuppressWarnings("unchecked")
            Map<String, Object> known = (Map<String, Object>) row;
            Escalation escalation = exchange.getVariable("escalation", Escalation.class);
            CallEvent.Escalated event = exchange.getVariable("event", CallEvent.Escalated.class);
            boolean same = escalation.id().equals(known.get("escalation_id"));
            boolean ours = same
                    && (event.after() == CallEvent.Escalated.NOT_KNOWN || event.after() == Ledger.begunAfter(known));
            boolean open = "escalated".equals(known.get("state"));
            exchange.setVariable("decision", known.get("decision"));
            exchange.setVariable("due", ours && open);
            exchange.setVariable("joined", !same && !Ledger.isFinal(known.get("state")));
            exchange.setVariable("carriedOut", ours && !open);
            exchange.setVariable("seen", flag(exchange, "seen") || (ours && count(known, "claimed") == 0));
            exchange.setVariable("aiTask", reservations.of(escalation, known));
            exchange.setVariable("claimedAt", clock.instant());
            if (count(known, "recorded") > 0) {
                metrics.reached(
                        exchange.getVariable("org", String.class),
                        "escalated",
                        known,
                        exchange.getVariable("event", CallEvent.class));
            }
            look(exchange, escalation, known);
            if (count(known, "claimed") > 0 && count(known, "decision") > 1) {
                // whoever had the caller before has not any more
                call(exchange).over(clock.instant());
            }
        };
    }

    /** Bound as {@code handoffIsOver}. In: variable {@code known}, a row of the ledger. When it is in a final state the AI may have the caller again. */
    public Processor over() {
        return exchange -> {
            Map<?, ?> row = exchange.getVariable("known", Map.class);
            if (row != null && Boolean.TRUE.equals(row.get("latest")) && Ledger.isFinal(row.get("state"))) {
                call(exchange).over(clock.instant());
            }
        };
    }

    private void look(Exchange exchange, Escalation escalation, Map<String, Object> known) {
        LiveCall call = call(exchange);
        String thread = (String) known.get("conversation_sid");
        exchange.setVariable("conversationSid", thread);
        exchange.setVariable("noteMessageSid", known.get("note_message_sid"));
        exchange.setVariable("closedSid", call.closedSid());
        List<Segment> missing = escalation.recentTurns().stream()
                .map(call::own)
                .filter(turn -> turn.finished() && !call.has(turn))
                .toList();
        exchange.setVariable("missingTurns", missing);
        exchange.setVariable("heard", call.turns());
        exchange.setVariable("incomplete", !flag(exchange, "hurry") && (thread == null || !missing.isEmpty()));
    }

    /**
     * Bound as {@code recordingOfHandoff}. Out: variables {@code recording} and {@code askRecording}. Where a look-up has been made while
     * the AI had the call, nobody waits for another: it is taken if it is there in time. Where an answer to Twilio moves the call, and there
     * is no variable {@code event}, its caller does not wait for a look-up that is under way either.
     */
    public Processor recording() {
        return exchange -> {
            CallEvent event = exchange.getVariable("event", CallEvent.class);
            recording(exchange, earlier -> another(earlier, event));
        };
    }

    private RecordingLookup another(RecordingLookup earlier, CallEvent event) {
        if (event == null) {
            return earlier == null ? recordings.forAnswer() : recordings.forLater();
        }
        return earlier != null && earlier.isDone() ? recordings.forLater() : recordings.forHandoff(event.receivedAt());
    }

    private void recording(Exchange exchange, UnaryOperator<RecordingLookup> another) {
        LiveCall known =
                calls.known(exchange.getVariable("org", String.class), exchange.getVariable("callSid", String.class));
        RecordingLookup earlier = known == null ? null : known.recording();
        boolean found = earlier != null && earlier.hasFound();
        exchange.setVariable("askRecording", !found);
        exchange.setVariable("recording", found ? earlier : another.apply(earlier));
    }

    /** Bound as {@code escalationSettled}: there is nothing more to do for the caller. */
    public Processor settled() {
        return exchange -> Escalating.of(exchange).settle();
    }

    /**
     * Bound as {@code firstToMove}. Out: variable {@code move}: {@code go}, {@code claim} (the claim is old and must be renewed first), or
     * {@code other}: another exchange of this escalation is moving the call. Variable {@code movedAt}: when this node has moved it already.
     *
     * @throws LedgerAway for a moment, while another node may be moving the call without the ledger
     */
    public Processor firstToMove() {
        return exchange -> {
            Escalating escalating = Escalating.of(exchange);
            if (escalating.isClaimedByAnother(inFlight)) {
                throw new LedgerAway("Another node may be moving the call, and the ledger does not know");
            }
            Instant claimedAt = exchange.getVariable("claimedAt", Instant.class);
            boolean old = Duration.between(claimedAt, clock.instant()).compareTo(CLAIM) > 0;
            exchange.setVariable("move", !escalating.moves(exchange) ? "other" : old ? "claim" : "go");
            exchange.setVariable("movedAt", escalating.movedAt());
        };
    }

    /** Bound as {@code callTransferred}: what follows is late. An answer to Twilio moved the call with what was known then. */
    public Processor transferred() {
        return exchange -> {
            LiveCall call = call(exchange);
            CallEvent event = exchange.getVariable("event", CallEvent.class);
            Instant now = clock.instant();
            call.transferred(now, event == null ? now : event.receivedAt());
            HandoffContext context = exchange.getVariable("context", HandoffContext.class);
            if (event instanceof CallEvent.Escalated moved
                    && moved.transferred()
                    && !context.derived().isEmpty()) {
                call.found(exchange.getVariable("decision"), context);
            }
        };
    }

    /** Bound as {@code turnsHeard}. Out: variable {@code heard}, what was said in the call lately, as far as this node knows. */
    public Processor heard() {
        return exchange -> exchange.setVariable(
                "heard",
                calls.turns(exchange.getVariable("org", String.class), exchange.getVariable("callSid", String.class)));
    }

    /**
     * Bound as {@code foundOfHandoff}. Out: variable {@code context}: what this node knows of a handoff whose task has just been
     * created, when that came with what an answer to Twilio knew; or {@code null}.
     */
    public Processor found() {
        return exchange -> exchange.setVariable("context", call(exchange).takeFound(exchange.getVariable("decision")));
    }

    /** Bound as {@code eventWaited}: measures how long an event waited for its first handling. */
    public Processor waited() {
        return exchange -> {
            if (!flag(exchange, "waited") && !flag(exchange, "hurry")) {
                metrics.waited(exchange.getVariable("event", CallEvent.class));
            }
        };
    }

    /**
     * Bound as {@code measureStep}: a step that the ledger has just learned (variables {@code measured}; {@code times}, with {@code recorded})
     * is counted and timed; a metric never fails a handoff.
     */
    public Processor measured() {
        return exchange -> {
            Map<?, ?> row = exchange.getVariable("times", Map.class);
            @SuppressWarnings("unchecked")
            Map<String, Object> times = (Map<String, Object>) row;
            if (times == null || count(times, "recorded") == 0) {
                return;
            }
            String step = exchange.getVariable("measured", String.class);
            times.put("moved_at", exchange.getVariable("movedAt"));
            String org = exchange.getVariable("org", String.class);
            try {
                metrics.reached(org, step, times, exchange.getVariable("event", CallEvent.class));
                Outcome.of(step, exchange.getVariable("next", NextTry.class), exchange.getVariable("known", Map.class))
                        .ifPresent(outcome -> metrics.outcome(org, outcome.label()));
            } catch (RuntimeException e) {
                LOG.warn("{}: {} is not counted: {}", org, step, e.getMessage());
            }
        };
    }

    private LiveCall call(Exchange exchange) {
        return calls.of(exchange.getVariable("org", String.class), exchange.getVariable("callSid", String.class));
    }

    private static boolean flag(Exchange exchange, String name) {
        return Boolean.TRUE.equals(exchange.getVariable(name));
    }

    private static int count(Map<String, Object> row, String name) {
        return row.get(name) instanceof Number number ? number.intValue() : 0;
    }
}
