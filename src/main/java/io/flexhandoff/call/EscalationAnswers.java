package io.flexhandoff.call;

import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.ledger.Ledger;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ExpressionAdapter;

/** What routes ask at each escalation, where a method of a bean would cost more than its answer: Camel copies the exchange for it. */
public final class EscalationAnswers {

    private final CallEvents events;
    private final Ledger ledger;

    public EscalationAnswers(CallEvents events, Ledger ledger) {
        this.events = events;
        this.ledger = ledger;
    }

    /** Bound as {@code noteOfEscalation}: the event of the note that is due. */
    public Expression note() {
        return answer(exchange -> events.note(
                exchange.getVariable("org", String.class),
                exchange.getVariable("callSid", String.class),
                exchange.getVariable("escalation", Escalation.class),
                context(exchange),
                exchange.getVariable("decision", Integer.class)));
    }

    /** Bound as {@code reasonForLedger}: the AI's reason, no words of the caller. */
    public Expression reason() {
        return answer(exchange -> ledger.reasonOf(context(exchange)));
    }

    private static HandoffContext context(Exchange exchange) {
        return exchange.getVariable("context", HandoffContext.class);
    }

    private static Expression answer(Function<Exchange, Object> answer) {
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return answer.apply(exchange);
            }
        };
    }
}
