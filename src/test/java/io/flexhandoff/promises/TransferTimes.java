package io.flexhandoff.promises;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** How long calls took from one step of their handoff to the transfer. */
final class TransferTimes {

    private final List<Long> sorted;

    private TransferTimes(List<Long> sorted) {
        this.sorted = sorted;
    }

    /** From the moment that the platform had its 202 for the escalation. */
    static TransferTimes ofCallers(Plant plant, Collection<SpokenCall> calls) {
        return new TransferTimes(calls.stream()
                .map(call -> between(call.escalated(), at(handoff(plant, call), "transferred")))
                .sorted()
                .toList());
    }

    /** From the step {@code escalated}, of the handoffs that match. */
    static TransferTimes ofSteps(Plant plant, Collection<SpokenCall> calls, Predicate<JsonNode> handoffs) {
        return new TransferTimes(calls.stream()
                .map(call -> handoff(plant, call))
                .filter(handoffs)
                .map(handoff -> between(at(handoff, "escalated"), at(handoff, "transferred")))
                .sorted()
                .toList());
    }

    /** When a handoff reached a step first. */
    static Instant at(JsonNode handoff, String step) {
        for (JsonNode reached : handoff.get("steps")) {
            if (reached.get("step").textValue().equals(step)) {
                return Instant.parse(reached.get("at").textValue());
            }
        }
        throw new AssertionError("No step " + step + " in " + handoff);
    }

    private static JsonNode handoff(Plant plant, SpokenCall call) {
        return plant.api(call.org).read("/handoffs/" + call.callSid);
    }

    private static long between(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    int count() {
        return sorted.size();
    }

    @Override
    public String toString() {
        return sorted.isEmpty()
                ? "none"
                : "%d transfers, p50 %d ms, p99 %d ms, max %d ms"
                        .formatted(sorted.size(), part(0.5), part(0.99), sorted.get(sorted.size() - 1));
    }

    private long part(double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
