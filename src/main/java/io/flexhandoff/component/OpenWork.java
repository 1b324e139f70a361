package io.flexhandoff.component;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * What the steps of a route have asked broker or ledger for without waiting until it is on the disk. The consumer that began the
 * exchange waits for all of it before it tells anybody that the exchange has ended.
 */
public final class OpenWork {

    private static final String PROPERTY = "CamelHandoffOpenWork";

    private final Queue<CompletableFuture<?>> open = new ConcurrentLinkedQueue<>();

    /** The exchange may have open work from now on: whoever calls this also calls {@link #whenDone}. */
    public static OpenWork begin(Exchange exchange) {
        OpenWork work = new OpenWork();
        exchange.setProperty(PROPERTY, work);
        return work;
    }

    /** Of an exchange, or {@code null} when nobody waits for it at the end: then each step does. */
    public static OpenWork of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, OpenWork.class);
    }

    public void add(CompletableFuture<?> work) {
        open.add(work);
    }

    /**
     * @param executor runs what follows when something is open; without, the caller does
     * @param then gets the failure of one of them, or {@code null}
     */
    public void whenDone(Executor executor, Consumer<Throwable> then) {
        if (open.isEmpty()) {
            then.accept(null);
        } else {
            CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
                    .whenCompleteAsync((done, failure) -> then.accept(failure), executor);
        }
    }
}
