package io.flexhandoff.enrichment;

import io.flexhandoff.trace.FailureWords;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps what each enrichment step found, and nothing of one that failed; whoever stops waiting gets what was known by then. Each
 * step works on a copy of the exchange, so that one that fails, stops or answers harms no other. Bound as {@code stepResults}.
 */
public final class StepResults implements AggregationStrategy, Processor {

    private static final int CAUSE_LENGTH = 400;

    /** What is known before the first step. */
    @Override
    public void process(Exchange exchange) {
        Awaited awaited = exchange.getVariable("awaited", Awaited.class);
        if (awaited != null) {
            awaited.known(known(exchange));
        }
    }

    /**
     * @param before the exchange before the step
     * @param step its copy after the step
     * @return the exchange, with the step's variables; or with {@code stepFailure}, why it failed
     */
    @Override
    public Exchange aggregate(Exchange before, Exchange step) {
        Exception failure = step.getException();
        if (failure == null) {
            step.getVariables().forEach(before::setVariable);
            before.removeVariable("stepFailure");
        } else {
            before.setVariable("stepFailure", cut(FailureWords.of(failure)));
        }
        process(before);
        return before;
    }

    private static String cut(String words) {
        return words.length() > CAUSE_LENGTH ? words.substring(0, CAUSE_LENGTH) : words;
    }

    @SuppressWarnings("unchecked")
    private static Known known(Exchange exchange) {
        return new Known(
                exchange.getVariable("turns", List.class),
                exchange.getVariable("suggested", Suggestion.class),
                new Suggestion(
                        text(exchange, "reason"),
                        text(exchange, "summary"),
                        text(exchange, "sentiment"),
                        text(exchange, "language")));
    }

    private static String text(Exchange exchange, String variable) {
        return exchange.getVariable(variable, String.class);
    }

    /**
     * What an enrichment knows so far.
     *
     * @param turns oldest first
     * @param suggested what the language model says, or {@code null}
     * @param found by the AI or by steps; {@code null} where nobody found it yet
     */
    record Known(List<Turn> turns, Suggestion suggested, Suggestion found) {}
}
