package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * The contract's API, as an AI phone platform uses it.
 *
 * @param root path before {@code /calls}
 * @param authorization header, or {@code null}
 * @param product whether it is the product, not the service that knows the bodies only
 * @param recentTurns whether an escalation repeats the call's last turn
 */
public record ApiTarget(int port, String root, String authorization, boolean product, boolean recentTurns)
        implements Target {

    public static ApiTarget product(int port, Org org, boolean recentTurns) {
        return new ApiTarget(port, "/api/v1/orgs/" + org.name(), "Bearer " + org.apiKey(), true, recentTurns);
    }

    public static ApiTarget express(int port) {
        return new ApiTarget(port, "", null, false, false);
    }

    @Override
    public Http.Request segment(Turn turn) {
        return segments(List.of(turn));
    }

    /** One request with several turns of one call. */
    public Http.Request segments(List<Turn> turns) {
        JsonArray segments = new JsonArray();
        turns.forEach(turn -> segments.add(json(turn)));
        return post(turns.get(0), "/transcript", new JsonObject().put("segments", segments));
    }

    /** With all the context, so that nothing need be derived. */
    @Override
    public Http.Request escalation(Turn last) {
        JsonObject escalation = new JsonObject()
                .put("id", "escalation-" + last.callSid())
                .put("occurredAt", Instant.now().toString())
                .put("reason", "Billing dispute")
                .put("summary", "The caller was charged twice for one order and wants the second charge refunded.")
                .put("sentiment", "negative")
                .put("language", "en-US")
                .put("from", "+15550100001")
                .put("to", "+15550100002");
        if (recentTurns) {
            escalation.put("recentTurns", new JsonArray().add(json(last)));
        }
        return post(last, "/escalation", escalation);
    }

    @Override
    public boolean writesNotes() {
        return product;
    }

    /** What is answered with 200 when the product is up. */
    public Http.Request up() {
        return Http.Request.get(port, root + "/handoffs?limit=1", authorization);
    }

    private Http.Request post(Turn turn, String operation, JsonObject body) {
        String path = root + "/calls/" + turn.callSid() + operation;
        return Http.Request.json(port, path, authorization, body.encode());
    }

    private static JsonObject json(Turn turn) {
        return new JsonObject()
                .put("id", "segment-" + turn.sequence())
                .put("sequence", turn.sequence())
                .put("speaker", turn.byCaller() ? "caller" : "ai")
                .put("text", turn.text())
                .put("spokenAt", Instant.now().toString())
                .put("language", "en-US");
    }
}
