package io.flexhandoff.api;

import io.flexhandoff.event.CallEnded;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.flex.CustomData;
import io.flexhandoff.org.Orgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of what the AI phone platform sends. In: a request. Out: variables {@code org}, {@code callSid}, {@code accepted} (how many
 * things) and {@code warned} (the answer when not all of it counts, otherwise none); the event or events as the body; no header of the request left to steer what follows.
 */
public final class TakeIn {

    private static final Logger LOG = LoggerFactory.getLogger(TakeIn.class);

    private final Orgs orgs;
    private final Contract contract;
    private final RequestText requestText;
    private final TakenIds ids = new TakenIds();
    private final CallEvents events;

    /**
     * @param maxBytes of a request, inflated: more are refused
     */
    public TakeIn(Orgs orgs, Contract contract, CallEvents events, int maxBytes) {
        this.requestText = new RequestText(maxBytes);
        this.orgs = orgs;
        this.contract = contract;
        this.events = events;
    }

    /** What a kind of request becomes. */
    @FunctionalInterface
    private interface Reading {
        Object of(Exchange exchange, String org, String callSid, String text);
    }

    /** Bound as {@code takeTranscript}. Interim results are dropped, and count as accepted. */
    public Processor transcript() {
        return taking((exchange, org, callSid, text) -> {
            Taken<TranscriptBatch> taken = contract.transcript(callSid, text);
            List<Segment> came = taken.value().segments();
            exchange.setVariable("accepted", came.size());
            List<Map<String, String>> conflicts = new ArrayList<>();
            List<Segment> kept = new ArrayList<>(came.size());
            came.stream().filter(Segment::finished).forEach(segment -> {
                Segment own = ids.own(org, callSid, segment);
                kept.add(own);
                if (own != segment) {
                    conflicts.add(Map.of("id", segment.id(), "keptAs", own.id()));
                }
            });
            warn(exchange, taken.warnings(), conflicts);
            return events.segments(org, callSid, new TranscriptBatch(kept));
        });
    }

    /** Bound as {@code takeEscalation}. */
    public Processor escalation() {
        return taking((exchange, org, callSid, text) -> {
            Taken<Escalation> read = contract.escalation(callSid, text);
            Escalation said = read.value();
            Taken<Escalation> taken =
                    read.with(CustomData.of(said.customData(), orgs.get(org).threadAttribute())
                            .leftOut());
            warn(exchange, taken.warnings(), List.of());
            if (taken.leftOut() != null) {
                LOG.warn("{}/{}: escalation {} is taken without: {}", org, callSid, said.id(), taken.leftOut());
            }
            return events.escalation(org, callSid, said.without(taken.leftOut()));
        });
    }

    /** Bound as {@code takeEnd}. */
    public Processor end() {
        return taking((exchange, org, callSid, text) -> {
            Taken<CallEnded> taken = contract.end(callSid, text);
            warn(exchange, taken.warnings(), List.of());
            return events.end(org, callSid, taken.value());
        });
    }

    private static void warn(Exchange exchange, List<String> warnings, List<Map<String, String>> conflicts) {
        if (warnings.isEmpty() && conflicts.isEmpty()) {
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accepted", exchange.getVariable("accepted"));
        if (!warnings.isEmpty()) {
            answer.put("warnings", warnings);
        }
        if (!conflicts.isEmpty()) {
            answer.put("conflicts", conflicts);
        }
        exchange.setVariable("warned", answer);
    }

    private Processor taking(Reading reading) {
        return exchange -> {
            Message request = exchange.getMessage();
            String org = request.getHeader("org", String.class);
            String callSid = request.getHeader("callSid", String.class);
            exchange.setVariable("org", org);
            exchange.setVariable("callSid", callSid);
            exchange.setVariable("accepted", 1);
            String text = requestText.of(request);
            request.removeHeaders("*");
            request.setBody(reading.of(exchange, org, callSid, text));
        };
    }
}
