package io.flexhandoff.sandbox;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Problem details (RFC 9457), what the page's API answers when something is wrong. */
final class Problem {

    private Problem() {}

    static void send(RoutingContext exchange, int status, String detail) {
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
