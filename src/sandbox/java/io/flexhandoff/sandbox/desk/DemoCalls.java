package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.http.PageAnswer;
import io.flexhandoff.sandbox.http.RequestBody;
import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.Way;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
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
final class DemoCalls {

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
    DemoCalls(Supplier<URI> api, String org, String apiKey, Sandbox sandbox) {
        this.api = api;
        this.org = org;
        this.apiKey = apiKey;
        this.sandbox = sandbox;
    }

    /** Adds the demo's routes to the page's API. */
    void mount(Router router) {
        router.get("/demo-scripts").handler(this::listScripts);
        router.get("/handoffs").handler(this::handoffs);
        router.post("/demo-calls").handler(this::place);
        router.get("/demo-calls/:callSid")
                .handler(exchange ->
                        PageAnswer.json(exchange, 200, play(exchange).json()));
        router.post("/demo-calls/:callSid/stop").handler(exchange -> {
            play(exchange).stop();
            PageAnswer.done(exchange);
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
                .compose(answer ->
                        answer.body().map(body -> answer.statusCode() == 200 ? body.toJsonArray() : new JsonArray()))
                .otherwise(new JsonArray())
                .onSuccess(handoffs -> PageAnswer.json(exchange, 200, handoffs));
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
        PageAnswer.json(exchange, 200, list);
    }

    private void place(RoutingContext exchange) {
        JsonObject wish = RequestBody.text(exchange).isBlank() ? new JsonObject() : RequestBody.object(exchange);
        DemoScript script = wanted(wish.getValue("script"));
        Object way = wish.getValue("way", Way.DIRECT.label());
        String callSid = place(script, way);
        sandbox.record(callSid);
        if (Boolean.TRUE.equals(wish.getValue("nobody"))) {
            sandbox.leaveUnanswered(callSid);
        }
        URI call = URI.create(api.get() + "/orgs/" + org + "/calls/" + callSid);
        DemoPlay play = new DemoPlay(exchange.vertx(), sandbox, call, apiKey, callSid, script, RECONNECTS.equals(way));
        plays.put(callSid, play);
        if (Way.FLEX.label().equals(way)) {
            play.startWhenAiHasIt();
        } else {
            play.start();
        }
        PageAnswer.json(exchange, 201, new JsonObject().put("callSid", callSid));
    }

    private String place(DemoScript script, Object way) {
        if (Way.DIRECT.label().equals(way)) {
            return sandbox.placeCall(script.from(), script.to());
        }
        if (Way.FLEX.label().equals(way)) {
            return sandbox.placeCallIntoFlex(script.from(), script.to(), script.askedByIvr());
        }
        if (Way.RELAY.label().equals(way) || RECONNECTS.equals(way)) {
            return sandbox.placeCallOnRelay(script.from(), script.to());
        }
        if (Way.STREAM.label().equals(way)) {
            return sandbox.placeCallOnStream(script.from(), script.to());
        }
        throw TwilioError.invalid("way is none of direct, flex, relay, relay-reconnect and stream");
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
}
