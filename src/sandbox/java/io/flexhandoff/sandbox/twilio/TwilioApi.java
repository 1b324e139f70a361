package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.FaultInjection;
import io.flexhandoff.sandbox.faults.Faults;
import io.flexhandoff.sandbox.http.RequestBody;
import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The front door of the Twilio API: authenticates, dispatches to a product under the sandbox's lock, answers as Twilio does. */
final class TwilioApi {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioApi.class);
    private static final int REQUESTS_KEPT = 10_000;
    private static final String ACCOUNT = TwilioApi.class.getName() + ".account";

    private final Vertx vertx;
    private final Accounts accounts;
    private final Object lock;
    private final Logins logins;
    private final FaultInjection faults;
    private final ApiTraffic traffic;
    private final AtomicInteger concurrent = new AtomicInteger();
    private final Deque<SandboxRequest> requests = new ArrayDeque<>();
    private volatile Handler<RoutingContext> filter = RoutingContext::next;
    private volatile long latencyMillis;

    TwilioApi(Vertx vertx, Accounts accounts, Object lock, Faults faults, Logins logins) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.lock = lock;
        this.logins = logins;
        this.faults = new FaultInjection(faults);
        this.traffic = new ApiTraffic(lock);
    }

    /** A product's routes, as it adds them. */
    final class Product {

        private final String name;
        private final Router router = Router.router(vertx);

        private Product(String name) {
            this.name = name;
        }

        Product get(String path, Function<TwilioRequest, Answer> operation) {
            return on(HttpMethod.GET, path, operation);
        }

        Product post(String path, Function<TwilioRequest, Answer> operation) {
            return on(HttpMethod.POST, path, operation);
        }

        Product delete(String path, Function<TwilioRequest, Answer> operation) {
            return on(HttpMethod.DELETE, path, operation);
        }

        private Product on(HttpMethod method, String path, Function<TwilioRequest, Answer> operation) {
            Route route = router.route(method, path);
            route.handler(exchange -> {
                AccountState state = exchange.get(ACCOUNT);
                TwilioRequest request = new TwilioRequest(exchange, name, state, RequestBody.form(exchange));
                Answer answer;
                synchronized (lock) {
                    answer = operation.apply(request);
                }
                send(exchange, answer);
            });
            return this;
        }
    }

    /** Everything below {@code /sandbox/twilio}. */
    Router router() {
        Product api = new Product("api");
        VoiceApi.mount(api);
        RecordingApi.mount(api);
        ConferenceApi.mount(api);
        AccountApi.mount(api);
        Product conversations = new Product("conversations");
        ConversationsApi.mount(conversations);
        Product taskrouter = new Product("taskrouter");
        TaskRouterApi.mount(taskrouter);
        WorkerApi.mount(taskrouter);
        QueueStatistics.mount(taskrouter);
        TaskApi.mount(taskrouter);
        Product flex = new Product("flex-api");
        FlexApi.mount(flex);

        Product events = new Product("events");
        EventsApi.mount(events);

        Router router = Router.router(vertx);
        for (Product product : List.of(api, conversations, taskrouter, flex, events)) {
            router.route("/" + product.name + "/*")
                    .handler(exchange -> begin(exchange, product.name))
                    .handler(RequestBody::read)
                    .handler(exchange -> filter.handle(exchange))
                    .handler(this::authenticate)
                    .handler(exchange ->
                            faults.strike(exchange, () -> traffic.of(exchange, product.name, exchange.get(ACCOUNT))))
                    .subRouter(product.router);
        }
        router.post("/oauth/v2/token")
                .handler(exchange -> begin(exchange, "oauth"))
                .handler(RequestBody::read)
                .handler(exchange -> filter.handle(exchange))
                .handler(this::giveToken);
        router.route().handler(exchange -> exchange.fail(404));
        router.route().failureHandler(this::fail);
        return router;
    }

    /** The seam for whatever should happen before a request is dispatched; it calls {@code next()}, or answers itself. */
    void filter(Handler<RoutingContext> newFilter) {
        this.filter = newFilter;
    }

    void latency(long millis) {
        this.latencyMillis = millis;
    }

    List<SandboxRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private void begin(RoutingContext exchange, String product) {
        exchange.response()
                .putHeader("Twilio-Request-Id", Sids.random("RQ"))
                .putHeader("Twilio-Concurrent-Requests", Integer.toString(concurrent.incrementAndGet()));
        exchange.addEndHandler(end -> {
            concurrent.decrementAndGet();
            log(new SandboxRequest(
                    exchange.request().method().name(),
                    product,
                    pathBelowProduct(exchange, product),
                    exchange.response().ended() ? exchange.response().getStatusCode() : 0));
        });
        exchange.next();
    }

    private void log(SandboxRequest request) {
        synchronized (requests) {
            requests.add(request);
            if (requests.size() > REQUESTS_KEPT) {
                requests.remove();
            }
        }
    }

    private void authenticate(RoutingContext exchange) {
        String header = exchange.request().getHeader("Authorization");
        AccountState state = logins.account(header)
                .map(accounts::find)
                .orElseThrow(() -> new TwilioError(401, 20003, "Authenticate"));
        exchange.put(ACCOUNT, state);
        exchange.next();
    }

    private void giveToken(RoutingContext exchange) {
        Map<String, String> form = new HashMap<>();
        RequestBody.form(exchange).forEach(form::put);
        JsonObject token = logins.token(form).orElseThrow(() -> new TwilioError(401, 70002, "Invalid client"));
        send(exchange, Answer.ok(token));
    }

    private void fail(RoutingContext exchange) {
        Throwable cause = exchange.failure();
        TwilioError error;
        if (cause instanceof TwilioError known) {
            error = known;
        } else if (cause == null && exchange.statusCode() == 404) {
            error = TwilioError.notFound(exchange.request().path());
        } else if (cause == null && exchange.statusCode() < 500) {
            error = new TwilioError(exchange.statusCode(), 20000 + exchange.statusCode(), "The request is refused");
        } else {
            LOG.error("The sandbox failed on {}", exchange.request().path(), cause);
            error = new TwilioError(500, 20500, "An internal server error has occurred");
        }
        send(exchange, new Answer(error.status(), error.toJson(), null));
    }

    private void send(RoutingContext exchange, Answer answer) {
        Buffer body = answer.body() == null ? null : answer.body().toBuffer();
        long latency = latencyMillis + FaultInjection.delay(exchange);
        if (latency > 0) {
            vertx.setTimer(latency, timer -> write(exchange, answer, body));
        } else {
            write(exchange, answer, body);
        }
    }

    private static void write(RoutingContext exchange, Answer answer, Buffer body) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (FaultInjection.losesAnswer(exchange)) {
            exchange.request().connection().close();
            return;
        }
        response.setStatusCode(answer.status());
        if (answer.etag() != null) {
            response.putHeader("ETag", answer.etag());
        }
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(body);
        }
    }

    static String pathBelowProduct(RoutingContext exchange, String product) {
        String path = exchange.request().path();
        String mount = "/twilio/" + product;
        return path.substring(path.indexOf(mount) + mount.length());
    }
}
