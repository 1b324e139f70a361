package io.flexhandoff.runtime;

import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How the API port is served, {@code handoff.http.*}.
 *
 * @param maxBodyBytes of a request; larger ones are refused
 * @param maxConnections open at once; more are closed at once
 * @param workers threads that run API routes: each waits for the broker's disk while it makes an event durable
 * @param requestTimeout how long a request may take to come in, whole
 * @param idleTimeout how long nothing may come or go on a connection
 */
record HttpSettings(
        String host,
        int port,
        int maxBodyBytes,
        int maxConnections,
        int workers,
        Duration requestTimeout,
        Duration idleTimeout) {

    private static final int LONGEST_QUERY = 1 << 16;

    static HttpSettings of(Settings settings) {
        return new HttpSettings(
                settings.text("handoff.http.host"),
                settings.port("handoff.http.port"),
                settings.number("handoff.http.max-body-bytes"),
                settings.number("handoff.http.max-connections"),
                settings.number("handoff.http.workers"),
                settings.duration("handoff.http.request-timeout"),
                settings.duration("handoff.http.idle-timeout"));
    }

    /** A form's field may be as long as a body, and HandoffData may be in a query: Vert.x would allow 8 KB and 4 KB. */
    HttpServerOptions server() {
        return new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxFormAttributeSize(maxBodyBytes)
                .setMaxInitialLineLength(LONGEST_QUERY)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(idleTimeout.toMillis()));
    }
}
