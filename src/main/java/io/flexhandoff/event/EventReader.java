package io.flexhandoff.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.flexhandoff.trace.Traces;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Reads the canonical event off the text of its message: it is the body then, and the variables {@code event}, {@code kind}, {@code
 * org}, {@code callSid} and {@code target}, {@code segment}, {@code escalation} or {@code decision} say what it is about. Bound as {@code eventReader}.
 */
public final class EventReader implements Processor {

    private final ObjectReader reader;
    private final Traces traces;
    private final UnaryOperator<String> targets;

    /** @param targets where the calls of an org are handed over to */
    public EventReader(ObjectMapper json, Traces traces, UnaryOperator<String> targets) {
        this.targets = targets;
        this.traces = traces;
        this.reader = json.readerFor(CallEvent.class);
    }

    /**
     * @throws IOException when it is none
     * @throws IllegalArgumentException when its message is none of this application's
     */
    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.setVariable("trace", traces.of(exchange.getVariable("trace", String.class)));
        String text = exchange.getMessage().getBody(String.class);
        if (text == null) {
            throw new IllegalArgumentException(
                    "No part of this application has made the message: it is neither text nor bytes, or its"
                            + " labels are of another type");
        }
        CallEvent event = reader.readValue(text);
        exchange.getMessage().setBody(event);
        exchange.setVariable("event", event);
        exchange.setVariable("kind", event.kind());
        exchange.setVariable("org", event.org());
        exchange.setVariable("callSid", event.callSid());
        exchange.setVariable("target", targets.apply(event.org()));
        if (event instanceof CallEvent.SegmentSpoken spoken) {
            exchange.setVariable("segment", spoken.segment());
        } else if (event instanceof CallEvent.Escalated escalated) {
            exchange.setVariable("escalation", escalated.escalation());
        } else if (event instanceof CallEvent.NoteDue note) {
            exchange.setVariable("decision", Decision.number(note.decision()));
        } else if (event instanceof CallEvent.StateReached reached) {
            exchange.setVariable("decision", Decision.number(reached.decision()));
        } else if (event instanceof CallEvent.OutcomeReached reached) {
            exchange.setVariable("decision", Decision.number(reached.decision()));
        } else if (event instanceof UnansweredEvent unanswered) {
            exchange.setVariable("decision", unanswered.decision() == 0 ? null : unanswered.decision());
        } else if (event instanceof HandoffTold told) {
            exchange.setVariable("decision", told.decision() == 0 ? null : told.decision());
        } else if (event instanceof CallEvent.CutSuspected suspected) {
            exchange.setVariable("decision", Decision.number(suspected.decision()));
        }
    }
}
