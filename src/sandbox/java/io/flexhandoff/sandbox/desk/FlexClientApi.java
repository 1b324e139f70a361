package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.http.PageAnswer;
import io.flexhandoff.sandbox.http.RequestBody;
import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.sandbox.twilio.FlexClient;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What Flex's page in a rep's browser does with the thread of a task, over HTTP below {@code /sandbox/api}: {@code POST
 * /conversations/{sid}/participants} adds the rep as Flex's join does and can be refused by a fault of {@code flex-api}; {@code DELETE
 * /conversations/{sid}/participants/{identity}} is the rep's leaving; {@code POST /conversations/{sid}/attributes} replaces the thread's
 * attributes.
 */
final class FlexClientApi {

    private final FlexClient client;

    FlexClientApi(FlexClient client) {
        this.client = client;
    }

    void mount(Router router) {
        router.post("/conversations/:sid/participants").handler(this::join);
        router.delete("/conversations/:sid/participants/:identity").handler(this::leave);
        router.post("/conversations/:sid/attributes").handler(this::attributes);
    }

    private void join(RoutingContext exchange) {
        String identity = RequestBody.object(exchange).getString("identity", "");
        if (identity.isBlank()) {
            throw TwilioError.invalid("identity is missing");
        }
        client.join(exchange.pathParam("sid"), identity);
        PageAnswer.json(exchange, 201, new JsonObject().put("identity", identity));
    }

    private void leave(RoutingContext exchange) {
        client.leave(exchange.pathParam("sid"), exchange.pathParam("identity"));
        PageAnswer.done(exchange);
    }

    private void attributes(RoutingContext exchange) {
        JsonObject attributes = RequestBody.object(exchange);
        client.attributes(exchange.pathParam("sid"), attributes.encode());
        PageAnswer.json(exchange, 200, attributes);
    }
}
