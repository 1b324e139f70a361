package io.flexhandoff.enrichment;

import io.flexhandoff.component.Answer;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.Segment;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/** What routes do for each escalation that is enriched, where expressions would cost more than the step itself. */
public final class EnrichmentSteps {

    private final Enrichment enrichment;
    private final Redaction redaction;
    private final Budget budget;

    public EnrichmentSteps(Enrichment enrichment, Redaction redaction, Budget budget) {
        this.enrichment = enrichment;
        this.redaction = redaction;
        this.budget = budget;
    }

    /**
     * Bound as {@code enrichmentBegins}. Out: variables {@code escalation}, without the card numbers in it, {@code deadline} and {@code
     * patience} (milliseconds), counted from when the escalation was taken in, and {@code awaited}.
     */
    public Processor begins() {
        return exchange -> {
            exchange.setVariable("escalation", redaction.escalation(escalation(exchange)));
            Instant deadline = budget.deadline(
                    exchange.getVariable("event", CallEvent.class).receivedAt());
            exchange.setVariable("deadline", deadline);
            exchange.setVariable("patience", budget.patience(deadline));
            exchange.setVariable("awaited", enrichment.awaited());
        };
    }

    /**
     * Bound as {@code enrichmentGiven}. Out: variables {@code language}, {@code sentiment}, {@code reason}, {@code summary} ({@code null} where the AI gave
     * none), as the AI gave them, and {@code turns}, as they are known without asking.
     */
    public Processor given() {
        return exchange -> {
            Escalation escalation = escalation(exchange);
            exchange.setVariable("language", enrichment.given(escalation.language()));
            exchange.setVariable("sentiment", enrichment.given(escalation.sentiment()));
            exchange.setVariable("reason", enrichment.given(escalation.reason()));
            exchange.setVariable("summary", enrichment.given(escalation.summary()));
            exchange.setVariable("turns", enrichment.turns(heard(exchange), escalation));
        };
    }

    /** Bound as {@code isContextMissing}: the AI has left something to find out. */
    public Predicate missing() {
        return exchange -> enrichment.incomplete(escalation(exchange));
    }

    /** Bound as {@code enrichmentStepCount}. */
    public Expression stepCount() {
        return Answer.of(exchange -> enrichment.stepCount());
    }

    /** Bound as {@code enrichmentStep}: the name of the step whose turn it is in the loop over all of them. */
    public Expression step() {
        return Answer.of(
                exchange -> enrichment.step(exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class)));
    }

    /** Bound as {@code contextOfSteps}: what is known at the end of the steps. */
    public Expression context() {
        return Answer.of(exchange -> enrichment.context(
                exchange.getVariable("org", String.class),
                escalation(exchange),
                exchange.getVariable("reason", String.class),
                exchange.getVariable("summary", String.class),
                exchange.getVariable("sentiment", String.class),
                exchange.getVariable("language", String.class)));
    }

    /** Bound as {@code isContextTooLate}: nobody waits for it any more. */
    public Predicate tooLate() {
        return exchange -> !enrichment.inTime(awaited(exchange), exchange.getVariable("context", HandoffContext.class));
    }

    /** Bound as {@code contextInTime}: what the steps have found, or {@code null} when they are not done. */
    public Expression inTime() {
        return Answer.of(exchange -> enrichment.brought(awaited(exchange)));
    }

    private static Awaited awaited(Exchange exchange) {
        return exchange.getVariable("awaited", Awaited.class);
    }

    @SuppressWarnings("unchecked")
    private static List<Segment> heard(Exchange exchange) {
        return exchange.getVariable("heard", List.class);
    }

    private static Escalation escalation(Exchange exchange) {
        return exchange.getVariable("escalation", Escalation.class);
    }
}
