package io.flexhandoff.api;

import io.flexhandoff.component.callevents.Backlog;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.TranscriptBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes events of what the AI phone platform sends. In: a request. Out: variables {@code org}, {@code callSid}, {@code accepted} (how many
 * things); the event or events as the body; no header of the request left to steer what follows.
 */
public final class TakeIn {

    private final Contract contract;
    private final CallEvents events;

    private final Backlog backlog;
    private final Duration maxLag;

    /** @param maxLag how far this node may be behind: then segments are refused */
    public TakeIn(Contract contract, CallEvents events, Backlog backlog, Duration maxLag) {
        this.contract = contract;
        this.events = events;
        this.backlog = backlog;
        this.maxLag = maxLag;
    }

    /** What a kind of request becomes. */
    @FunctionalInterface
    private interface Reading {
        Object of(Exchange exchange, String org, String callSid, String text);
    }

    /** Bound as {@code takeTranscript}. Interim results are dropped, and count as accepted. */
    public Processor transcript() {
        return taking((exchange, org, callSid, text) -> {
            if (backlog.lag().compareTo(maxLag) > 0) {
                throw new Overload();
            }
            TranscriptBatch batch = contract.transcript(callSid, text);
            exchange.setVariable("accepted", batch.segments().size());
            return events.segments(org, callSid, batch);
        });
    }

    /** Bound as {@code takeEscalation}. */
    public Processor escalation() {
        return taking(
                (exchange, org, callSid, text) -> events.escalation(org, callSid, contract.escalation(callSid, text)));
    }

    /** Bound as {@code takeEnd}. */
    public Processor end() {
        return taking((exchange, org, callSid, text) -> events.end(org, callSid, contract.end(callSid, text)));
    }

    private Processor taking(Reading reading) {
        return exchange -> {
            Message request = exchange.getMessage();
            contract.expectJson(request.getHeader("Content-Type", String.class));
            String org = request.getHeader("org", String.class);
            String callSid = request.getHeader("callSid", String.class);
            exchange.setVariable("org", org);
            exchange.setVariable("callSid", callSid);
            exchange.setVariable("accepted", 1);
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
            String text = request.getBody(String.class);
            request.removeHeaders("*");
            request.setBody(reading.of(exchange, org, callSid, text));
        };
    }
}
