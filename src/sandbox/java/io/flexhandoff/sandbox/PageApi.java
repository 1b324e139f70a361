package io.flexhandoff.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page reads and does, as JSON below {@code /sandbox/api}. */
final class PageApi {

    private static final Logger LOG = LoggerFactory.getLogger(PageApi.class);
    private static final String CALLER = "+14155550123";
    private static final String CALLED = "+14155550100";

    private final Vertx vertx;
    private final Sandbox sandbox;
    private final ChangeFeed changes;

    PageApi(Vertx vertx, Sandbox sandbox, ChangeFeed changes) {
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.changes = changes;
    }

    Router router(Consumer<Router> more) {
        Router router = Router.router(vertx);
        router.get("/events").handler(changes::subscribe);
        router.route().handler(PageApi::refuseOtherSites).handler(RequestBody::read);
        router.get("/state").handler(exchange -> json(exchange, 200, sandbox.withFirstAccount(PageJson::state)));
        router.get("/conversations/:sid").handler(this::conversation);
        router.post("/calls").handler(this::placeCall);
        router.post("/calls/:sid/hangup").handler(this::hangUp);
        router.post("/calls/:sid/press").handler(this::press);
        router.post("/tasks/:sid/accept").handler(exchange -> task(exchange, sandbox::accept));
        router.post("/tasks/:sid/wrap-up").handler(exchange -> task(exchange, sandbox::wrapUp));
        router.post("/tasks/:sid/complete").handler(exchange -> task(exchange, sandbox::complete));
        new FaultsApi(sandbox.faults()).mount(router);
        new FlexClientApi(sandbox).mount(router);
        more.accept(router);
        router.route()
                .handler(exchange -> Problem.send(
                        exchange,
                        404,
                        "There is nothing at " + exchange.request().path()));
        router.route().failureHandler(PageApi::fail);
        return router;
    }

    private void conversation(RoutingContext exchange) {
        String sid = exchange.pathParam("sid");
        JsonObject conversation = sandbox.withFirstAccount(
                state -> PageJson.conversation(state.conversations().find(sid)));
        if (conversation == null) {
            throw new IllegalArgumentException("There is no conversation " + sid);
        }
        json(exchange, 200, conversation);
    }

    private void placeCall(RoutingContext exchange) {
        String body = RequestBody.text(exchange);
        JsonObject numbers = body.isBlank() ? new JsonObject() : object(body);
        String callSid = sandbox.placeCall(number(numbers, "from", CALLER), number(numbers, "to", CALLED));
        json(exchange, 201, new JsonObject().put("callSid", callSid));
    }

    private static JsonObject object(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException e) {
            throw TwilioError.invalid("The body is not a JSON object");
        }
    }

    private static String number(JsonObject numbers, String name, String otherwise) {
        Object number = numbers.getValue(name, otherwise);
        if (!(number instanceof String text) || !text.matches("\\+[1-9][0-9]{6,14}")) {
            throw TwilioError.invalid(name + " is not a phone number such as " + CALLER);
        }
        return text;
    }

    private void hangUp(RoutingContext exchange) {
        sandbox.hangUp(exchange.pathParam("sid"));
        done(exchange);
    }

    /** The caller presses keys: {@code {"digits": "1"}}. */
    private void press(RoutingContext exchange) {
        Object digits = object(RequestBody.text(exchange)).getValue("digits");
        if (!(digits instanceof String keys) || !keys.matches("[0-9*#]{1,20}")) {
            throw TwilioError.invalid("digits are not keys of a telephone");
        }
        sandbox.press(exchange.pathParam("sid"), keys);
        done(exchange);
    }

    private void task(RoutingContext exchange, Consumer<String> action) {
        String sid = exchange.pathParam("sid");
        action.accept(sid);
        json(
                exchange,
                200,
                sandbox.withFirstAccount(
                        state -> PageJson.task(state, state.workspace().tasks.get(sid))));
    }

    /** The page has no login, so another site's page must not be able to act through the visitor's browser. */
    private static void refuseOtherSites(RoutingContext exchange) {
        HttpMethod method = exchange.request().method();
        if (method != HttpMethod.GET && method != HttpMethod.HEAD && isFromOtherSite(exchange)) {
            Problem.send(exchange, 403, "The request comes from another site's page");
        } else {
            exchange.next();
        }
    }

    private static boolean isFromOtherSite(RoutingContext exchange) {
        String site = exchange.request().getHeader("Sec-Fetch-Site");
        if (site != null && !Set.of("same-origin", "none").contains(site)) {
            return true;
        }
        String origin = exchange.request().getHeader("Origin");
        if (origin == null) {
            return false;
        }
        try {
            return !String.valueOf(exchange.request().authority())
                    .equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** Answers a JSON object or array. */
    static void json(RoutingContext exchange, int status, Object body) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Json.encodeToBuffer(body));
    }

    /** Answers 204. */
    static void done(RoutingContext exchange) {
        exchange.response().setStatusCode(204).end();
    }

    private static void fail(RoutingContext exchange) {
        Throwable cause = exchange.failure();
        if (cause instanceof TwilioError error) {
            Problem.send(exchange, error.status(), error.getMessage());
        } else if (cause instanceof IllegalArgumentException) {
            Problem.send(exchange, 404, cause.getMessage());
        } else if (cause instanceof IllegalStateException) {
            Problem.send(exchange, 409, cause.getMessage());
        } else if (cause == null && exchange.statusCode() < 500) {
            Problem.send(exchange, exchange.statusCode(), "The request is refused");
        } else {
            LOG.error("The sandbox failed on {}", exchange.request().path(), cause);
            Problem.send(exchange, 500, "The sandbox failed; its log says why");
        }
    }
}
