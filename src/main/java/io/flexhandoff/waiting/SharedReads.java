package io.flexhandoff.waiting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What was read of one org's account: each thing once while it is fresh, whoever asks, and one request at a time. A read that failed counts
 * for {@link #FAILED_FOR}, so that an outage is not asked into.
 */
final class SharedReads {

    static final Duration FAILED_FOR = Duration.ofSeconds(1);

    /** Questions of one org that are remembered; askers may name any workflow. */
    private static final int MOST = 500;

    private final Executor executor;
    private final Clock clock;
    private final Map<String, Read> reads = new HashMap<>();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    SharedReads(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** Something that is read, or was, and until when it counts. */
    private static final class Read {

        private CompletableFuture<?> answer;
        private volatile Instant until = Instant.MAX;
    }

    /**
     * What was read, or is about to be.
     *
     * @param name what it is, the same for the same type only
     * @param fresh how long it counts from when the answer came
     */
    @SuppressWarnings("unchecked") // each name is used for one type
    synchronized <T> CompletableFuture<T> get(String name, Duration fresh, Supplier<T> reader) {
        Instant now = clock.instant();
        Read known = reads.get(name);
        if (known == null || known.until.isBefore(now)) {
            if (reads.size() >= MOST) {
                reads.values().removeIf(old -> old.until.isBefore(now));
            }
            known = new Read();
            reads.put(name, known);
            known.answer = begin(known, fresh, reader);
        }
        return (CompletableFuture<T>) known.answer;
    }

    private <T> CompletableFuture<T> begin(Read read, Duration fresh, Supplier<T> reader) {
        CompletableFuture<T> answer = last.handleAsync((done, failed) -> reader.get(), executor)
                .whenComplete(
                        (value, failure) -> read.until = clock.instant().plus(failure == null ? fresh : FAILED_FOR));
        last = answer;
        return answer;
    }
}
