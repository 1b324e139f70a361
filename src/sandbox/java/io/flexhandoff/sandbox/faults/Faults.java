package io.flexhandoff.sandbox.faults;

import io.flexhandoff.sandbox.faults.Fault.Effect;
import io.flexhandoff.sandbox.http.TwilioError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What goes wrong in a sandbox, for a team that rehearses an outage. Of the faults that match, the first one added strikes; without any,
 * the sandbox works. Methods may be called from any thread.
 */
public final class Faults {

    private static final int MOST = 1_000;

    private final Consumer<String> changed;
    private final AtomicInteger lastId = new AtomicInteger();
    private final List<StandingFault> standing = new CopyOnWriteArrayList<>();

    /** @param changed is told the id of a fault that is not as it was, or {@code all} */
    public Faults(Consumer<String> changed) {
        this.changed = changed;
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
        changed.accept(added.id());
        return added;
    }

    /** All, spent ones too, in the order in which they were added. */
    public List<StandingFault> all() {
        return List.copyOf(standing);
    }

    /** Takes one away; what it holds back already stays held back. Tells whether there was one with this id. */
    public boolean remove(String id) {
        boolean removed = standing.removeIf(fault -> fault.id().equals(id));
        changed.accept(id);
        return removed;
    }

    /** Takes all away. */
    public void clear() {
        standing.clear();
        changed.accept("all");
    }

    /** What goes wrong with this webhook, if anything; it is not asked for while no fault stands. */
    public Optional<Effect> strike(Supplier<Traffic> webhook) {
        return striking(webhook).map(fault -> fault.effect);
    }

    /** What this request is to be answered in place of being carried out, if so. */
    public Optional<TwilioError> refusal(Traffic request) {
        return striking(() -> request)
                .filter(fault -> fault.effect == Effect.ANSWER)
                .map(Fault::error);
    }

    /** The fault that strikes this request or webhook, if any. */
    Optional<Fault> striking(Supplier<Traffic> asked) {
        if (standing.isEmpty()) {
            return Optional.empty();
        }
        Traffic traffic = asked.get();
        for (StandingFault candidate : standing) {
            if (candidate.matches(traffic) && candidate.strikes()) {
                changed.accept(candidate.id());
                return Optional.of(candidate.fault());
            }
        }
        return Optional.empty();
    }
}
