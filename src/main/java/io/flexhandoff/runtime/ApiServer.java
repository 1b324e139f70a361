package io.flexhandoff.runtime;

import io.flexhandoff.api.Problem;
import io.flexhandoff.door.MissedDoors;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
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

    /** All but the sandbox, which what is in hand may need. */
    private static final String OF_ROUTES = "(?!/sandbox).*";

    private static final String OF_FORMS = "/(voice|webhooks)/.*";

    private static final Pattern FORM =
            Pattern.compile("\\s*(application/x-www-form-urlencoded|multipart/)", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_QUERY = 1 << 16;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VertxPlatformHttpServerConfiguration configuration;
    private final int workers;
    private final MissedDoors missed;
    private final ApiPaths paths = new ApiPaths();
    private Vertx vertx;
    private Router router;
    private HttpServer server;
    private volatile boolean stopping;

    /** @param workers threads that run API routes: each waits for the broker's disk while it makes an event durable */
    ApiServer(String host, int port, long maxBodyBytes, int workers, MissedDoors missed) {
        this(configuration(host, port, maxBodyBytes), workers, missed);
    }

    private ApiServer(VertxPlatformHttpServerConfiguration configuration, int workers, MissedDoors missed) {
        super(configuration);
        this.missed = missed;
        this.configuration = configuration;
        this.workers = workers;
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

    boolean isListening() {
        return server != null;
    }

    @Override
    public int getPort() {
        return server == null ? configuration.getBindPort() : server.actualPort();
    }

    @Override
    protected void doInit() {
        vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(workers));
        router = Router.router(vertx);
        problem(400, "Bad request", "The path or the form cannot be read");
        problem(404, "Not found", "There is nothing at this path");
        problem(405, "Method not allowed", "This path does not take this method");
        problem(413, "Content too large", "body: more than " + configuration.getMaxBodySize() + " bytes");
        problem(415, "Unsupported media type", "Content-Type: must be application/json");
        problem(503, "Service unavailable", "The application is being stopped: send it again");
        problem(500, "Internal error", "The request failed; nothing was taken in");
        router.routeWithRegex(OF_ROUTES).handler(this::refuseWhileStopping);
        router.routeWithRegex(OF_FORMS).handler(ApiServer::refuseEncodedForms);
        router.route("/api/*")
                .handler(ApiServer::keepCredentials)
                .handler(this::expectOperation)
                .handler(ApiServer::refuseForms);
        getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                stopping = true;
            }
        });
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(ANY_PORT);
        getCamelContext().getRegistry().bind(name, new VertxPlatformHttpRouter(this, vertx, router, name) {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return BodyHandler.create(false).setBodyLimit(configuration.getMaxBodySize());
            }
        });
    }

    private void refuseWhileStopping(RoutingContext request) {
        if (stopping) {
            request.response().putHeader("Connection", "close");
            request.fail(503);
        } else {
            request.next();
        }
    }

    /** Camel answers an unknown operation with the headers of the request, the key among them. */
    private static void keepCredentials(RoutingContext request) {
        request.addHeadersEndHandler(done -> request.response().headers().remove("Authorization"));
        request.next();
    }

    private void expectOperation(RoutingContext request) {
        Optional<Map<String, Set<String>>> methods = paths.methods(request.normalizedPath());
        if (methods.isEmpty()) {
            request.fail(404);
            return;
        }
        Set<String> parameters = methods.get().get(request.request().method().name());
        if (parameters == null) {
            request.response()
                    .putHeader("Allow", String.join(", ", methods.get().keySet()));
            request.fail(405);
            return;
        }
        // Camel takes what is left for headers, such as Authorization
        request.queryParams().names().stream()
                .filter(name -> !parameters.contains(name))
                .toList()
                .forEach(request.queryParams()::remove);
        request.next();
    }

    /** The API knows no forms, whose fields Camel would take for headers, of the answer too. */
    private static void refuseForms(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type != null && FORM.matcher(type).lookingAt()) {
            request.fail(415);
        } else {
            request.next();
        }
    }

    /** Twilio sends forms as they are: what is compressed cannot be read, and would be taken for a forgery. */
    private static void refuseEncodedForms(RoutingContext request) {
        String encoding = request.request().getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            request.next();
        } else {
            request.fail(415, new Problem(415, "Unsupported media type", "Content-Encoding: a form is taken without"));
        }
    }

    private void problem(int status, String title, String detail) {
        router.errorHandler(status, request -> {
            if (status == 500) {
                // not its path, which may hold a webhook token
                LOG.error("A request failed before any route had it", request.failure());
            }
            if (status != 500) {
                missed.refused(request.request(), status);
            }
            if (!request.response().ended()) {
                request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/problem+json")
                        .end(new JsonObject()
                                .put("type", "about:blank")
                                .put("title", title)
                                .put("status", status)
                                .put("detail", request.failure() instanceof Problem known ? known.getMessage() : detail)
                                .encode());
            }
        });
    }

    @Override
    protected void doStart() {
        // the port opens in listen()
    }

    /** @throws IllegalStateException when the port cannot be opened */
    void listen() {
        // a form's field may be as long as a body, and HandoffData may be in a query: Vert.x would allow 8 KB and 4 KB
        HttpServerOptions options = new HttpServerOptions()
                .setHost(configuration.getBindHost())
                .setPort(configuration.getBindPort())
                .setMaxFormAttributeSize(Math.toIntExact(configuration.getMaxBodySize()))
                .setMaxInitialLineLength(LONGEST_QUERY);
        try {
            server =
                    await(vertx.createHttpServer(options).requestHandler(router).listen());
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
