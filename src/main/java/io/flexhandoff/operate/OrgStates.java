package io.flexhandoff.operate;

import io.flexhandoff.late.DeadLetter;
import io.flexhandoff.late.DeadLetters;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.TwilioClients;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import jakarta.jms.JMSException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts together how each org is. Bound as {@code orgStates}. */
public final class OrgStates {

    private final Orgs orgs;
    private final Intake intake;
    private final DeadLetters deadLetters;
    private final TwilioClients twilio;

    public OrgStates(Orgs orgs, Intake intake, DeadLetters deadLetters, TwilioClients twilio) {
        this.orgs = orgs;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.twilio = twilio;
    }

    /**
     * A row for each configured org.
     *
     * @param calls counts of its calls, a row for each org that has any
     * @param segments counts of its segments that are not in their thread, or came late
     */
    public List<Map<String, String>> of(List<Map<String, Object>> calls, List<Map<String, Object>> segments)
            throws JMSException {
        Map<String, Map<String, Object>> callsOf = byOrg(calls);
        Map<String, Map<String, Object>> segmentsOf = byOrg(segments);
        Map<String, Long> dead = deadLetters.all().stream()
                .map(DeadLetter::org)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return orgs.all().stream()
                .map(org -> row(
                        org,
                        callsOf.getOrDefault(org.name(), Map.of()),
                        segmentsOf.getOrDefault(org.name(), Map.of()),
                        dead.getOrDefault(org.name(), 0L)))
                .toList();
    }

    private Map<String, String> row(
            Org org, Map<String, Object> calls, Map<String, Object> segments, long deadLettersOfOrg) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("org", org.name());
        row.put("transfers", intake.state(org.name()));
        row.put("callsTurnedAway", Integer.toString(intake.turnedAway(org.name())));
        row.put("callsWithAi", count(calls, "with_ai"));
        row.put("callsInHandoff", count(calls, "in_handoff"));
        row.put("callsWaitingForRep", count(calls, "waiting"));
        Instant last = Ledger.instant(calls.get("last_transfer"));
        row.put("lastTransfer", last == null ? "" : last.toString());
        row.put("segmentsParked", count(segments, "parked"));
        row.put("segmentsDead", count(segments, "dead"));
        row.put("segmentsLate", count(segments, "late"));
        row.put("deadLetters", Long.toString(deadLettersOfOrg));
        row.put("circuits", circuits(org.name() + "/"));
        return row;
    }

    /** The state of each circuit that was in use. */
    private String circuits(String prefix) {
        return twilio.circuits().getAllCircuitBreakers().stream()
                .filter(circuit -> circuit.getName().startsWith(prefix))
                .map(circuit -> circuit.getName().substring(prefix.length()) + " " + words(circuit.getState()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String words(CircuitBreaker.State state) {
        return state.name().toLowerCase().replace('_', '-');
    }

    private static String count(Map<String, Object> row, String column) {
        return row.get(column) == null ? "0" : row.get(column).toString();
    }

    private static Map<String, Map<String, Object>> byOrg(List<Map<String, Object>> rows) {
        return rows.stream().collect(Collectors.toMap(row -> (String) row.get("org"), Function.identity()));
    }
}
