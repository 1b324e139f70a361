package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.http.PageAnswer;
import io.flexhandoff.sandbox.twilio.Changes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells pages what has changed, as Server-Sent Events. Ten times a second each page gets what has changed since, every resource
 * once, and of each kind not more than {@value #AT_ONCE}: the rest follows, so that a load test does not drown a page.
 */
public final class ChangeFeed implements Changes, AutoCloseable {

    private static final int AT_ONCE = 10;
    private static final int PAGES = 64;
    private static final int PENDING = 10_000;
    private static final long TICK_MS = 100;
    private static final long COMMENT_EVERY_MS = 15_000;

    private record Change(String resource, String sid) {}

    private final Vertx vertx;
    private final List<Page> pages = new CopyOnWriteArrayList<>();

    public ChangeFeed(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void changed(String resource, String sid) {
        for (Page page : pages) {
            page.add(new Change(resource, sid));
        }
    }

    /** Handler of {@code GET /sandbox/api/events}. */
    void subscribe(RoutingContext exchange) {
        if (pages.size() >= PAGES) {
            PageAnswer.problem(exchange, 503, "Too many pages listen to the sandbox, at most " + PAGES);
            return;
        }
        HttpServerResponse response = exchange.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache");
        Page page = new Page(response, exchange.request().connection());
        pages.add(page);
        long ticks = vertx.setPeriodic(TICK_MS, tick -> page.flush());
        long comments = vertx.setPeriodic(COMMENT_EVERY_MS, tick -> page.write(": still here\n\n"));
        exchange.addEndHandler(end -> {
            pages.remove(page);
            vertx.cancelTimer(ticks);
            vertx.cancelTimer(comments);
        });
        page.write(": listening\n\n");
    }

    /** Ends every page's stream. */
    @Override
    public void close() {
        pages.forEach(page -> page.response.end());
    }

    private static final class Page {

        private final HttpServerResponse response;
        private final HttpConnection connection;
        private final Set<Change> pending = new LinkedHashSet<>();

        Page(HttpServerResponse response, HttpConnection connection) {
            this.response = response;
            this.connection = connection;
        }

        synchronized void add(Change change) {
            if (pending.size() < PENDING) {
                pending.add(change);
            }
        }

        void flush() {
            if (response.ended() || response.closed()) {
                return;
            }
            if (isTooFarBehind()) {
                // the page connects again by itself, and reads everything anew
                connection.close();
            } else if (!response.writeQueueFull()) {
                String events = next();
                if (!events.isEmpty()) {
                    write(events);
                }
            }
        }

        private synchronized boolean isTooFarBehind() {
            return pending.size() >= PENDING;
        }

        private synchronized String next() {
            StringBuilder events = new StringBuilder();
            for (String resource : List.of("call", "task", "conversation", "worker", "fault")) {
                int sent = 0;
                for (Iterator<Change> changes = pending.iterator(); changes.hasNext() && sent < AT_ONCE; ) {
                    Change change = changes.next();
                    if (change.resource().equals(resource)) {
                        changes.remove();
                        sent++;
                        JsonObject data =
                                new JsonObject().put("resource", resource).put("sid", change.sid());
                        events.append("event: change\ndata: ")
                                .append(data.encode())
                                .append("\n\n");
                    }
                }
            }
            return events.toString();
        }

        void write(String text) {
            if (!response.ended() && !response.closed()) {
                response.write(text);
            }
        }
    }
}
