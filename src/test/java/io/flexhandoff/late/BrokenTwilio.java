package io.flexhandoff.late;

import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Makes requests to the sandbox's Twilio fail, until it is healed. */
final class BrokenTwilio {

    private final Map<String, Handler<RoutingContext>> faults = new ConcurrentHashMap<>();
    private final Queue<RoutingContext> held = new ConcurrentLinkedQueue<>();
    private final Sandbox sandbox;

    BrokenTwilio(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Answers 400, which no further try can help. */
    BrokenTwilio refuse(HttpMethod method, String path) {
        return on(method, path, request -> request.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/json")
                .end("{\"code\":20001,\"message\":\"Broken on purpose\",\"status\":400}"));
    }

    /** Does what is asked, and loses the answer. */
    BrokenTwilio loseAnswer(HttpMethod method, String path) {
        return on(method, path, BrokenTwilio::lose);
    }

    /** Does what is asked, loses the answer, and from then on refuses to be read. */
    BrokenTwilio loseAnswerThenRefuseToBeRead(String path) {
        return on(HttpMethod.POST, path, request -> {
            refuse(HttpMethod.GET, path);
            lose(request);
        });
    }

    /** Does not answer before it is healed. */
    BrokenTwilio hold(HttpMethod method, String path) {
        return on(method, path, held::add);
    }

    private static void lose(RoutingContext request) {
        request.addHeadersEndHandler(done -> request.request().connection().close());
        request.next();
    }

    private BrokenTwilio on(HttpMethod method, String path, Handler<RoutingContext> fault) {
        faults.put(method + " .*" + path, fault);
        sandbox.filter(request -> faults.entrySet().stream()
                .filter(entry ->
                        Pattern.matches(entry.getKey(), request.request().method() + " " + request.normalizedPath()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(RoutingContext::next)
                .handle(request));
        return this;
    }

    void heal() {
        sandbox.filter(RoutingContext::next);
        faults.clear();
        for (RoutingContext request = held.poll(); request != null; request = held.poll()) {
            RoutingContext waiting = request;
            waiting.vertx().runOnContext(go -> waiting.next());
        }
    }
}
