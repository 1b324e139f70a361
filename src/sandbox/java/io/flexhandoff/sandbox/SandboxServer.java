package io.flexhandoff.sandbox;

import io.flexhandoff.sandbox.desk.ChangeFeed;
import io.flexhandoff.sandbox.desk.Desk;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The sandbox as an HTTP server of its own, for tests and benchmarks, in this process or in another.
 *
 * <p>As a program it takes two properties: {@code sandbox.port} (8090 unless given, 0 for any that is free) and {@code
 * sandbox.latency-ms}, by which every answer of Twilio's API is held back. It prints its address when it is ready.
 */
public final class SandboxServer implements AutoCloseable {

    private static final int START_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final Sandbox sandbox;
    private final Desk desk;
    private final HttpServer server;

    /**
     * Starts a server on the loopback interface.
     *
     * @param port 0 for any that is free
     * @param accounts the accounts to play, the demo account when there is none
     * @throws IllegalStateException if the port cannot be had
     */
    public SandboxServer(int port, SandboxAccount... accounts) {
        ChangeFeed changes = new ChangeFeed(vertx);
        this.sandbox = new Sandbox(vertx, changes, accounts);
        this.desk = new Desk(vertx, sandbox, changes);
        Router router = Router.router(vertx);
        sandbox.mount(router);
        desk.mount(router);
        this.server = vertx.createHttpServer().requestHandler(router);
        try {
            await(server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture());
        } catch (IllegalStateException noPort) {
            vertx.close();
            throw noPort;
        }
    }

    /**
     * Adds what this server has to another's routes, all of it below {@code /sandbox}, with demo calls on the page.
     *
     * @param api the base of the API that the demo calls are told to, such as {@code http://localhost:8080/api/v1}; asked when one is placed
     * @param org whose calls they are
     * @param apiKey a key of that org
     */
    public void mount(Router router, Supplier<URI> api, String org, String apiKey) {
        sandbox.mount(router);
        desk.mount(router, api, org, apiKey);
    }

    /** The state behind the server. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Such as {@code http://127.0.0.1:8090}. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The value for {@code handoff.twilio.base-url}. */
    public String twilioUrl() {
        return url() + "/sandbox/twilio";
    }

    /** Stops the server; what it kept is gone. */
    @Override
    public void close() {
        desk.close();
        sandbox.close();
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private static void await(Future<?> done) {
        try {
            done.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("No answer within " + START_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Runs a sandbox until the process is stopped. */
    @SuppressWarnings("resource") // the server lives as long as the process
    public static void main(String[] args) {
        SandboxServer server = new SandboxServer(Integer.getInteger("sandbox.port", 8090));
        server.sandbox().latency(Duration.ofMillis(Integer.getInteger("sandbox.latency-ms", 0)));
        System.out.println("Twilio sandbox at " + server.url() + "/sandbox, base URL " + server.twilioUrl());
    }
}
