package io.flexhandoff.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Demo calls: each plays a recorded script in real time against the product's public API, as an AI phone platform would. A call comes
 * to the AI in one of four ways: the AI phone answers first ({@code direct}), TaskRouter offers its task to the AI worker ({@code
 * flex}), or the AI speaks by way of ConversationRelay ({@code relay}) or Media Streams ({@code stream}). It is recorded.
 *
 * <p>Relative to where it is mounted: {@code GET /demo-scripts}, {@code POST /demo-calls} with {@code {"script": name, "way":
 * way, "nobody": true}} or no body ({@code nobody}: no rep answers),
 * {@code GET /handoffs} for what the product says of its newest handoffs, {@code GET /demo-calls/{callSid}} for how a play gets on, {@code POST /demo-calls/{callSid}/stop} when the caller hung up. The last
 * 50 plays are remembered.
 */
public final class DemoCalls {

    /** By ConversationRelay, with a connection that is lost and comes again. */
    private static final String RECONNECTS = "relay-reconnect";

    private static final int REMEMBERED = 50;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final List<DemoScript> scripts = DemoScript.all();
    private final Map<String, DemoPlay> plays = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DemoPlay> eldest) {
            return size() > REMEMBERED;
        }
    });
    private final Supplier<URI> api;
    private final String org;
    private final String apiKey;
    private final Sandbox sandbox;
    private HttpClient http;

    /**
     * @param api the API's base, such as {@code http://localhost:8080/api/v1}; asked when a call is placed
     * @param org whose call it is
     * @param apiKey a key of that org
     * @param sandbox where the calls are placed
     */
    public DemoCalls(Supplier<URI> api, String org, String apiKey, Sandbox sandbox) {
        this.api = api;
        this.org = org;
        this.apiKey = apiKey;
        this.sandbox = sandbox;
    }

    /** Adds the demo's routes to the page's API, see {@link Sandbox#mount(Router, java.util.function.Consumer)}. */
    public void mount(Router router) {
        router.get("/demo-scripts").handler(this::listScripts);
        router.get("/handoffs").handler(this::handoffs);
        router.post("/demo-calls").handler(this::place);
        router.get("/demo-calls/:callSid")
                .handler(exchange -> answer(exchange, 200, play(exchange).json().encode()));
        router.post("/demo-calls/:callSid/stop").handler(exchange -> {
            play(exchange).stop();
            exchange.response().setStatusCode(204).end();
        });
    }

    /** As the API answers them; none while it does not, since the page is told of that by what it asks for itself. */
    private void handoffs(RoutingContext exchange) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(api.get() + "/orgs/" + org + "/handoffs?limit=" + REMEMBERED)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Authorization", "Bearer " + apiKey);
        http(exchange.vertx())
                .request(options)
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(body -> answer.statusCode() == 200 ? body.toString() : "[]"))
                .otherwise("[]")
                .onSuccess(json -> answer(exchange, 200, json));
    }

    private synchronized HttpClient http(Vertx vertx) {
        if (http == null) {
            http = vertx.createHttpClient();
        }
        return http;
    }

    private void listScripts(RoutingContext exchange) {
        JsonArray list = new JsonArray();
        scripts.forEach(script -> list.add(script.summary()));
        answer(exchange, 200, list.encode());
    }

    private void place(RoutingContext exchange) {
        JsonObject wish = wish(Sandbox.body(exchange));
        DemoScript script = wanted(wish.getValue("script"));
        String callSid = place(script, wish.getValue("way", LiveCall.DIRECT));
        sandbox.record(callSid);
        if (Boolean.TRUE.equals(wish.getValue("nobody"))) {
            sandbox.leaveUnanswered(callSid);
        }
        URI call = URI.create(api.get() + "/orgs/" + org + "/calls/" + callSid);
        DemoPlay play = new DemoPlay(
                exchange.vertx(), sandbox, call, apiKey, callSid, script, RECONNECTS.equals(wish.getValue("way")));
        plays.put(callSid, play);
        if (LiveCall.FLEX.equals(wish.getValue("way"))) {
            play.startWhenAiHasIt();
        } else {
            play.start();
        }
        answer(exchange, 201, new JsonObject().put("callSid", callSid).encode());
    }

    private String place(DemoScript script, Object way) {
        if (LiveCall.DIRECT.equals(way)) {
            return sandbox.placeCall(script.from(), script.to());
        }
        if (LiveCall.FLEX.equals(way)) {
            return sandbox.placeCallIntoFlex(script.from(), script.to(), script.askedByIvr());
        }
        if (LiveCall.RELAY.equals(way) || RECONNECTS.equals(way)) {
            return sandbox.placeCallOnRelay(script.from(), script.to());
        }
        if (LiveCall.STREAM.equals(way)) {
            return sandbox.placeCallOnStream(script.from(), script.to());
        }
        throw TwilioError.invalid("way is none of direct, flex, relay, relay-reconnect and stream");
    }

    private static JsonObject wish(String body) {
        try {
            return body.isBlank() ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException e) {
            throw TwilioError.invalid("The body is not a JSON object");
        }
    }

    private DemoScript wanted(Object name) {
        if (name == null) {
            return scripts.get(0);
        }
        return scripts.stream()
                .filter(script -> script.name().equals(name))
                .findFirst()
                .orElseThrow(() -> TwilioError.invalid("script: there is no recorded script of that name"));
    }

    private DemoPlay play(RoutingContext exchange) {
        String callSid = exchange.pathParam("callSid");
        DemoPlay play = plays.get(callSid);
        if (play == null) {
            throw new IllegalArgumentException("There is no demo call " + callSid);
        }
        return play;
    }

    private static void answer(RoutingContext exchange, int status, String json) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }
}
