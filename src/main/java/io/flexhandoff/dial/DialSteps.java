package io.flexhandoff.dial;

import com.twilio.base.ResourceSet;
import com.twilio.rest.api.v2010.account.Call;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.Orgs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** What the routes of {@code routes/dial} do with a call. */
public final class DialSteps {

    /** By so much Twilio's clock may be behind ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private final Orgs orgs;
    private final DialTwiml twiml;
    private final CallEvents events;

    public DialSteps(Orgs orgs, DialTwiml twiml, CallEvents events) {
        this.orgs = orgs;
        this.twiml = twiml;
        this.events = events;
    }

    /** Bound as {@code dialRequest}: which call, and the TwiML that dials, as headers of camel-twilio; no other header is left. */
    public Processor request() {
        return exchange -> {
            Message message = about(exchange);
            message.setHeader("CamelTwilio.pathSid", exchange.getVariable("callSid"));
            message.setHeader(
                    "CamelTwilio.twiml",
                    twiml.twiml(
                            exchange.getVariable("org", String.class),
                            exchange.getVariable("callSid", String.class),
                            exchange.getVariable("decision", Integer.class),
                            exchange.getVariable("escalation", Escalation.class),
                            exchange.getVariable("context", HandoffContext.class)));
        };
    }

    /** Bound as {@code dialedLinesRequest}: the lines that the call has dialed, as headers of camel-twilio; no other header is left. */
    public Processor linesRequest() {
        return exchange -> about(exchange).setHeader("CamelTwilio.parentCallSid", exchange.getVariable("callSid"));
    }

    private Message about(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(
                "CamelTwilio.pathAccountSid",
                orgs.get(exchange.getVariable("org", String.class)).accountSid());
        return message;
    }

    /** Bound as {@code lookAtDialedLines}. In: those lines as the body. Out: variable {@code moved}: {@code this}, or {@code no}. */
    public Processor look() {
        return exchange -> {
            ResourceSet<?> lines = exchange.getMessage().getBody(ResourceSet.class);
            String to = twiml.to(exchange.getVariable("org", String.class)).to();
            Instant since =
                    exchange.getVariable("event", CallEvent.class).receivedAt().minus(CLOCKS_DIFFER);
            boolean dialed = StreamSupport.stream(lines.spliterator(), false)
                    .map(Call.class::cast)
                    .anyMatch(line -> String.valueOf(line.getTo()).startsWith(to)
                            && line.getDateCreated().toInstant().isAfter(since));
            exchange.setVariable("moved", dialed ? "this" : "no");
        };
    }

    /** Bound as {@code dialedCall}. In: variable {@code callback}. Out: variables {@code dialed}, {@code callSid} (the caller's) and {@code decision}. */
    public Processor dialed() {
        return exchange -> {
            DialedCall dialed = DialedCall.of(exchange.getVariable("callback", String.class));
            exchange.setVariable("dialed", dialed);
            exchange.setVariable("callSid", dialed.callSid());
            exchange.setVariable("decision", dialed.decision());
        };
    }

    /** Bound as {@code dialAnswered}. Out: as the body, that somebody has picked up. */
    public Processor answered() {
        return exchange -> exchange.getMessage().setBody(told(exchange, "accepted", "accepted", null));
    }

    /** Bound as {@code dialOver}. In: what Twilio says of the end, as the body. Out: as the body, what has become of the handoff. */
    public Processor over() {
        return exchange -> {
            @SuppressWarnings("unchecked")
            DialEnd end = DialEnd.of((Map<String, String>) exchange.getMessage().getBody(Map.class));
            exchange.getMessage().setBody(told(exchange, end));
        };
    }

    private List<CallEvent> told(Exchange exchange, DialEnd end) {
        if (end.wasConnected()) {
            return List.of(told(exchange, "accepted", "accepted", null), told(exchange, "completed", "accepted", null));
        }
        if (end.callerIsGone()) {
            return List.of(events.hungUp(
                    exchange.getVariable("org", String.class), exchange.getVariable("callSid", String.class), null));
        }
        return List.of(told(
                exchange,
                "failed",
                end.isFailure() ? "unreachable" : "unanswered",
                "nobody was connected: " + end.status()));
    }

    private CallEvent told(Exchange exchange, String state, String outcome, String cause) {
        return events.told(
                exchange.getVariable("org", String.class),
                exchange.getVariable("callSid", String.class),
                exchange.getVariable("decision", Integer.class),
                state,
                outcome,
                cause);
    }
}
