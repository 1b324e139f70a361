package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.Target;
import java.util.function.Function;

/**
 * A system under test that runs.
 *
 * @param process {@code null} when there is none: requests go straight to Twilio
 * @param targets what a load of an org is sent to
 * @param readySeconds from the start of the process until it answers
 * @param inside what can be seen inside it, {@code null} when nothing can
 * @param beside ends what runs for it alone
 */
public record Server(
        String name, Child process, Function<Org, Target> targets, double readySeconds, Inside inside, Runnable beside)
        implements AutoCloseable {

    /** Whether nothing is under test. */
    public boolean isPlain() {
        return process == null;
    }

    public Target target(Org org) {
        return targets.apply(org);
    }

    /** MiB. */
    public long peakMemory() {
        return isPlain() ? 0 : process.peakMemory();
    }

    double cpuSeconds() {
        return isPlain() ? 0 : process.cpuSeconds();
    }

    void checkAlive() {
        if (!isPlain()) {
            process.checkAlive();
        }
    }

    @Override
    public void close() {
        if (!isPlain()) {
            process.close();
        }
        beside.run();
    }
}
