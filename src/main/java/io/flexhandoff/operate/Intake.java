package io.flexhandoff.operate;

import io.flexhandoff.api.Paused;
import io.flexhandoff.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which orgs hand over no more calls for the time being, as the ledger said last: while it does not answer, nothing changes.
 * Bound as {@code intake}.
 */
public final class Intake {

    private volatile Map<String, Pause> pauses = Map.of();

    /** By org: calls whose escalation was refused since its pause began. */
    private final Map<String, Set<String>> turnedAway = new ConcurrentHashMap<>();

    /**
     * @param since when it began
     * @param by who began it
     * @param reason why, in the operator's words; may be empty
     */
    public record Pause(Instant since, String by, String reason) {

        @Override
        public String toString() {
            return "paused since " + since + " by " + by + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    public boolean isPaused(String org) {
        return pauses.containsKey(org);
    }

    /** @throws Paused when the org's transfers are; the call is counted as turned away */
    public void expectOpen(String org, String callSid) {
        if (isPaused(org)) {
            turnedAway
                    .computeIfAbsent(org, any -> ConcurrentHashMap.newKeySet())
                    .add(callSid);
            throw new Paused(org);
        }
    }

    /** How many calls this node has turned away since the org's pause began; 0 when it is open. */
    public int turnedAway(String org) {
        return turnedAway.getOrDefault(org, Set.of()).size();
    }

    /** {@code open}, or since when and by whom it is paused, and why. */
    public String state(String org) {
        Pause pause = pauses.get(org);
        return pause == null ? "open" : pause.toString();
    }

    /** @param rows all of {@code paused_org} */
    public void paused(List<Map<String, Object>> rows) {
        pauses = rows.stream()
                .collect(Collectors.toUnmodifiableMap(
                        row -> (String) row.get("org"),
                        row -> new Pause(Ledger.instant(row.get("paused_at")), (String) row.get("paused_by"), (String)
                                row.get("reason"))));
        turnedAway.keySet().retainAll(pauses.keySet());
    }
}
