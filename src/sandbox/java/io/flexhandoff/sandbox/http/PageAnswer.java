package io.flexhandoff.sandbox.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What is answered to the page: JSON, nothing, or problem details (RFC 9457) when something is wrong. */
public final class PageAnswer {

    private PageAnswer() {}

    /** Answers a JSON object or array. */
    public static void json(RoutingContext exchange, int status, Object body) {
        exchange.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .end(Json.encodeToBuffer(body));
    }

    /** Answers 204. */
    public static void done(RoutingContext exchange) {
        exchange.response().setStatusCode(204).end();
    }

    /** Answers what is wrong. */
    public static void problem(RoutingContext exchange, int status, String detail) {
        HttpServerResponse response = exchange.response().setStatusCode(status);
        response.putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", response.getStatusMessage())
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }
}
