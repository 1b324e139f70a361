package io.flexhandoff.runtime;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the API port. Unlike its parent it opens the port only when {@link #listen()} is called, after
 * every route is up: an early request would get a 404, which an AI phone platform has to take as final. For the same
 * reason new requests get a 503 while the routes stop. It also fails the start when the port is taken.
 */
final class ApiServer extends VertxPlatformHttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /** Camel looks here for the router whatever port it expects. */
    private static final int ANY_PORT = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VertxPlatformHttpServerConfiguration configuration;
    private final HttpSettings settings;
    private final Entrance entrance;
    private Vertx vertx;
    private Router router;
    private HttpServer server;
    private volatile boolean broken;

    ApiServer(HttpSettings settings, Entrance entrance) {
        this(configuration(settings.host(), settings.port(), settings.maxBodyBytes()), settings, entrance);
    }

    private ApiServer(VertxPlatformHttpServerConfiguration configuration, HttpSettings settings, Entrance entrance) {
        super(configuration);
        this.configuration = configuration;
        this.settings = settings;
        this.entrance = entrance;
    }

    private static VertxPlatformHttpServerConfiguration configuration(String host, int port, long maxBodyBytes) {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setMaxBodySize(maxBodyBytes);
        return configuration;
    }

    Router router() {
        return router;
    }

    /** Whether requests are taken: not before {@link #listen()}, and not when there was no memory to take one. */
    boolean isListening() {
        return server != null && !broken;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    @Override
    protected void doInit() {
        vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(settings.workers()));
        vertx.exceptionHandler(this::failed);
        router = Router.router(vertx);
        entrance.guard(router);
        getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                entrance.close();
            }
        });
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(ANY_PORT);
        getCamelContext().getRegistry().bind(name, new VertxPlatformHttpRouter(this, vertx, router, name) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return entrance::readBody;
            }
        });
    }

    /** What no request is told of. */
    private void failed(Throwable failure) {
        if (failure instanceof VirtualMachineError) {
            broken = true;
        }
        LOG.error("The HTTP server failed", failure);
    }

    @Override
    protected void doStart() {
        // the port opens in listen()
    }

    /** @throws IllegalStateException when the port cannot be opened */
    void listen() {
        try {
            server = await(vertx.createHttpServer(settings.server())
                    .connectionHandler(entrance::connected)
                    .requestHandler(router)
                    .listen());
        } catch (ExecutionException e) {
            throw cannotListen(configuration.getBindHost(), configuration.getBindPort(), e.getCause());
        }
    }

    /**
     * Fails at once, and not after all else was started.
     *
     * @throws IllegalStateException when the port cannot be opened now
     */
    static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw cannotListen(host, port, e);
        }
    }

    private static IllegalStateException cannotListen(String host, int port, Throwable cause) {
        return new IllegalStateException(
                "handoff.http.port: cannot listen on " + host + ":" + port + ", " + cause.getMessage(), cause);
    }

    @Override
    protected void doStop() throws ExecutionException {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    @Override
    protected void doShutdown() throws ExecutionException {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The HTTP server did not answer in " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
