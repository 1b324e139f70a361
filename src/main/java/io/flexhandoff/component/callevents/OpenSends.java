package io.flexhandoff.component.callevents;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/** Events that an exchange has sent without waiting for the broker's disk: it has not ended well before they are there. */
final class OpenSends {

    private final Queue<CompletableFuture<Void>> sent = new ConcurrentLinkedQueue<>();

    static OpenSends of(Exchange exchange) {
        OpenSends open = exchange.getProperty(CallEventsConstants.OPEN_SENDS, OpenSends.class);
        if (open == null) {
            open = new OpenSends();
            exchange.setProperty(CallEventsConstants.OPEN_SENDS, open);
        }
        return open;
    }

    void add(List<CompletableFuture<Void>> sends, long timeoutMillis) {
        sends.forEach(send -> sent.add(send.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)));
    }

    /** @param then gets the failure of one of them, or {@code null} */
    static void await(Exchange exchange, Consumer<Throwable> then) {
        OpenSends open = exchange.getProperty(CallEventsConstants.OPEN_SENDS, OpenSends.class);
        if (open == null) {
            then.accept(null);
        } else {
            CompletableFuture.allOf(open.sent.toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> then.accept(failure));
        }
    }
}
