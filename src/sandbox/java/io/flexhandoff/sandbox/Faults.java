package io.flexhandoff.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes wrong in a sandbox, for a team that rehearses an outage. Of the faults that match, the first one added strikes; without any,
 * the sandbox works. Methods may be called from any thread.
 */
public final class Faults {

    private static final int MOST = 1_000;

    private final ChangeFeed changes;
    private final AtomicInteger lastId = new AtomicInteger();
    private final List<StandingFault> standing = new CopyOnWriteArrayList<>();

    Faults(ChangeFeed changes) {
        this.changes = changes;
    }

    /**
     * Lets a fault strike from now on.
     *
     * @throws IllegalArgumentException if what was set does not go together; the message begins with the field
     * @throws IllegalStateException if 1000 faults stand already
     */
    public StandingFault add(Fault fault) {
        StandingFault added = new StandingFault(Integer.toString(lastId.incrementAndGet()), fault);
        if (standing.size() >= MOST) {
            throw new IllegalStateException(MOST + " faults stand already");
        }
        standing.add(added);
        changes.changed("fault", added.id());
        return added;
    }

    /** All, spent ones too, in the order in which they were added. */
    public List<StandingFault> all() {
        return List.copyOf(standing);
    }

    /** Takes one away; what it holds back already stays held back. Tells whether there was one with this id. */
    public boolean remove(String id) {
        boolean removed = standing.removeIf(fault -> fault.id().equals(id));
        changes.changed("fault", id);
        return removed;
    }

    /** Takes all away. */
    public void clear() {
        standing.clear();
        changes.changed("fault", "all");
    }

    boolean isEmpty() {
        return standing.isEmpty();
    }

    /** The fault that strikes this request or webhook, if any. */
    Optional<Fault> striking(Traffic traffic) {
        for (StandingFault candidate : standing) {
            if (candidate.matches(traffic) && candidate.strikes()) {
                changes.changed("fault", candidate.id());
                return Optional.of(candidate.fault());
            }
        }
        return Optional.empty();
    }
}
