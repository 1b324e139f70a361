package io.flexhandoff.call;

import io.flexhandoff.component.Answer;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.ledger.Ledger;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** What routes ask at each escalation, where a method of a bean would cost more than its answer. */
public final class EscalationAnswers {

    private final CallEvents events;
    private final Ledger ledger;

    public EscalationAnswers(CallEvents events, Ledger ledger) {
        this.events = events;
        this.ledger = ledger;
    }

    /** Bound as {@code noteOfEscalation}: the event of the note that is due. */
    public Expression note() {
        return Answer.of(exchange -> events.note(
                exchange.getVariable("org", String.class),
                exchange.getVariable("callSid", String.class),
                exchange.getVariable("escalation", Escalation.class),
                context(exchange),
                exchange.getVariable("decision", Integer.class)));
    }

    /** Bound as {@code reasonForLedger}: the AI's reason, no words of the caller. */
    public Expression reason() {
        return Answer.of(exchange -> ledger.reasonOf(context(exchange)));
    }

    private static HandoffContext context(Exchange exchange) {
        return exchange.getVariable("context", HandoffContext.class);
    }
}
