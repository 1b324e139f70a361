package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.faults.FaultsApi;
import io.flexhandoff.sandbox.http.PageAnswer;
import io.flexhandoff.sandbox.http.RequestBody;
import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
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
        router.get("/state")
                .handler(exchange ->
                        PageAnswer.json(exchange, 200, sandbox.snapshot().state()));
        router.get("/conversations/:sid")
                .handler(exchange ->
                        PageAnswer.json(exchange, 200, sandbox.snapshot().conversation(exchange.pathParam("sid"))));
        router.post("/calls").handler(this::placeCall);
        router.post("/calls/:sid/hangup").handler(this::hangUp);
        router.post("/calls/:sid/press").handler(this::press);
        router.post("/tasks/:sid/accept").handler(exchange -> task(exchange, sandbox::accept));
        router.post("/tasks/:sid/wrap-up").handler(exchange -> task(exchange, sandbox::wrapUp));
        router.post("/tasks/:sid/complete").handler(exchange -> task(exchange, sandbox::complete));
        new FaultsApi(sandbox.faults()).mount(router);
        new FlexClientApi(sandbox.flexClient()).mount(router);
        more.accept(router);
        router.route()
                .handler(exchange -> PageAnswer.problem(
                        exchange,
                        404,
                        "There is nothing at " + exchange.request().path()));
        router.route().failureHandler(PageApi::fail);
        return router;
    }

    private void placeCall(RoutingContext exchange) {
        JsonObject numbers = RequestBody.text(exchange).isBlank() ? new JsonObject() : RequestBody.object(exchange);
        String callSid = sandbox.placeCall(number(numbers, "from", CALLER), number(numbers, "to", CALLED));
        PageAnswer.json(exchange, 201, new JsonObject().put("callSid", callSid));
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
        PageAnswer.done(exchange);
    }

    /** The caller presses keys: {@code {"digits": "1"}}. */
    private void press(RoutingContext exchange) {
        Object digits = RequestBody.object(exchange).getValue("digits");
        if (!(digits instanceof String keys) || !keys.matches("[0-9*#]{1,20}")) {
            throw TwilioError.invalid("digits are not keys of a telephone");
        }
        sandbox.press(exchange.pathParam("sid"), keys);
        PageAnswer.done(exchange);
    }

    private void task(RoutingContext exchange, Consumer<String> action) {
        String sid = exchange.pathParam("sid");
        action.accept(sid);
        PageAnswer.json(exchange, 200, sandbox.snapshot().task(sid));
    }

    /** The page has no login, so another site's page must not be able to act through the visitor's browser. */
    private static void refuseOtherSites(RoutingContext exchange) {
        HttpMethod method = exchange.request().method();
        if (method != HttpMethod.GET && method != HttpMethod.HEAD && isFromOtherSite(exchange)) {
            PageAnswer.problem(exchange, 403, "The request comes from another site's page");
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

    private static void fail(RoutingContext exchange) {
        Throwable cause = exchange.failure();
        if (cause instanceof TwilioError error) {
            PageAnswer.problem(exchange, error.status(), error.getMessage());
        } else if (cause instanceof IllegalArgumentException) {
            PageAnswer.problem(exchange, 404, cause.getMessage());
        } else if (cause instanceof IllegalStateException) {
            PageAnswer.problem(exchange, 409, cause.getMessage());
        } else if (cause == null && exchange.statusCode() < 500) {
            PageAnswer.problem(exchange, exchange.statusCode(), "The request is refused");
        } else {
            LOG.error("The sandbox failed on {}", exchange.request().path(), cause);
            PageAnswer.problem(exchange, 500, "The sandbox failed; its log says why");
        }
    }
}
