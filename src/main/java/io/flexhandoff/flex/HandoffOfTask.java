package io.flexhandoff.flex;

import io.flexhandoff.event.TaskChange;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Tells whether what became of a task has to wait until the escalation of its handoff is in the ledger. In: variables {@code change}, {@code
 * attempt} and {@code known}, the row that was found for it, with {@code told_apart}: it is known to be the task's. Out: variable {@code
 * escalationComes}. Bound as {@code handoffOfTask}.
 */
public final class HandoffOfTask implements Processor {

    /** So many tries wait for a handoff with the task's timestamp; then somebody else has written that, and the latest is meant. */
    private static final int TRIES = 2;

    @Override
    public void process(Exchange exchange) {
        TaskChange change = exchange.getVariable("change", TaskChange.class);
        Map<?, ?> known = exchange.getVariable("known", Map.class);
        Integer attempt = exchange.getVariable("attempt", 0, Integer.class);
        exchange.setVariable(
                "escalationComes",
                known != null
                        && Boolean.TRUE.equals(change.handedOff())
                        && !"offered".equals(change.change())
                        && (isBefore(change, known) || attempt < TRIES && isAnothers(change, known)));
    }

    private static boolean isBefore(TaskChange change, Map<?, ?> known) {
        return known.get("escalation_id") == null && !"created".equals(change.change());
    }

    private static boolean isAnothers(TaskChange change, Map<?, ?> known) {
        boolean toldApart = known.get("told_apart") instanceof Number number && number.intValue() == 1;
        return !toldApart && change.handoffTimestamp() != null && known.get("handoff_timestamp") != null;
    }
}
