package io.flexhandoff.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flexhandoff.event.CallEvent.Escalated;
import io.flexhandoff.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an escalation that begins a handoff from one that joins another or repeats its own, as far as a request can know it; the
 * ledger decides, in the call's turn.
 */
public final class Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    /** What this node has taken in lately, which the ledger may not know yet: the latest of each call. */
    private final Cache<String, Taken> taken = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private record Taken(String id, int after) {

        private boolean is(Map<String, Object> row) {
            return id.equals(row.get("escalation_id")) && after == Ledger.begunAfter(row);
        }
    }

    /** What an escalation is taken for: {@code joined} is {@code null} when it begins a handoff. */
    private record Decision(int after, String joined, String warning) {}

    /**
     * Bound as {@code decideEscalation}. In: its event as the body; variable {@code handoffs}, the call's rows of the ledger in order,
     * or {@code null} when that did not answer. Out: the event as the body; variable {@code joined}, the id of the one that it joins
     * or repeats, or none, which the answer ({@code warned}) tells.
     */
    public Processor decide() {
        return exchange -> {
            Escalated event = exchange.getMessage().getBody(Escalated.class);
            Decision decision = of(event, rows(exchange), taken.getIfPresent(event.group()));
            exchange.getMessage().setBody(event.after(decision.after));
            exchange.setVariable("joined", decision.joined);
            if (decision.joined != null) {
                LOG.info(
                        "{}: escalation {} joins {}",
                        event.group(),
                        event.escalation().id(),
                        decision.joined);
                tell(exchange, decision);
            }
        };
    }

    /** Bound as {@code escalationTaken}: it is durable. */
    public Processor remember() {
        return exchange -> {
            Escalated event = exchange.getMessage().getBody(Escalated.class);
            if (exchange.getVariable("joined") == null) {
                taken.put(event.group(), new Taken(event.escalation().id(), event.after()));
            }
        };
    }

    /** Whether this node has taken in an escalation of a call lately. */
    public boolean hasTaken(String org, String callSid) {
        return taken.getIfPresent(org + "/" + callSid) != null;
    }

    /**
     * Whether an escalation that this node has taken in is on its way to the ledger.
     *
     * @param known the latest of the call's handoffs, {@code null} when the ledger has not answered
     */
    public boolean isAhead(String org, String callSid, Map<String, Object> known) {
        Taken before = taken.getIfPresent(org + "/" + callSid);
        if (before == null || known == null || known.get("escalation_id") == null) {
            return before != null;
        }
        return !before.is(known) && before.after > Ledger.begunAfter(known);
    }

    private static Decision of(Escalated event, List<Map<String, Object>> rows, Taken before) {
        String id = event.escalation().id();
        if (before != null && (rows == null || rows.stream().noneMatch(before::is))) {
            int after = before.id.equals(id) ? before.after : rows == null ? Escalated.NOT_KNOWN : over(rows);
            return new Decision(after, before.id, null);
        }
        if (rows == null) {
            return new Decision(Escalated.NOT_KNOWN, null, null);
        }
        Map<String, Object> latest = rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1);
        Map<String, Object> own = rows.stream()
                .filter(row -> id.equals(row.get("escalation_id")))
                .reduce((earlier, later) -> later)
                .orElse(null);
        String underWay = (String) latest.get("escalation_id");
        if (underWay != null && !isOver(latest)) {
            return new Decision(own == latest ? Ledger.begunAfter(own) : over(rows), underWay, null);
        }
        if (own == null || "failed".equals(own.get("state"))) {
            return new Decision(over(rows), null, null);
        }
        return new Decision(
                Ledger.begunAfter(own),
                id,
                "id: the handoff of this escalation is " + own.get("state") + "; another decision has another id");
    }

    /** How many of a call's handoffs are over. */
    private static int over(List<Map<String, Object>> rows) {
        return rows.isEmpty() || isOver(rows.get(rows.size() - 1)) ? rows.size() : rows.size() - 1;
    }

    private static boolean isOver(Map<String, Object> row) {
        return row.get("escalation_id") != null && Ledger.isFinal(row.get("state"));
    }

    private static void tell(Exchange exchange, Decision decision) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("accepted", exchange.getVariable("accepted"));
        if (exchange.getVariable("warned") instanceof Map<?, ?> warned) {
            warned.forEach((name, value) -> answer.put((String) name, value));
        }
        answer.put("joined", decision.joined);
        if (decision.warning != null) {
            List<Object> warnings = new ArrayList<>(List.of(decision.warning));
            if (answer.get("warnings") instanceof List<?> others) {
                warnings.addAll(others);
            }
            answer.put("warnings", warnings);
        }
        exchange.setVariable("warned", answer);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Exchange exchange) {
        return (List<Map<String, Object>>) exchange.getVariable("handoffs");
    }
}
