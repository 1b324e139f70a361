package io.flexhandoff.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The product's API, as an AI phone platform uses it. */
final class Api {

    private static final String JSON_TYPE = "application/json";

    private final Http http;
    private final String org;

    /** @param root such as {@code http://localhost:8080/api/v1/orgs/bench} */
    Api(String root, String key) {
        http = new Http("Bearer " + key);
        org = root;
    }

    boolean isUp() {
        return http.answers(org + "/handoffs?limit=1");
    }

    void append(String callSid, Spoken spoken) {
        ObjectNode batch = Http.JSON.createObjectNode();
        batch.putArray("segments").add(segment(spoken));
        http.post(org + "/calls/" + callSid + "/transcript", JSON_TYPE, batch.toString(), 202);
    }

    /** Escalates with all the context, so that nothing need be derived, and with the call's last turn once more. */
    void escalate(String callSid, Spoken last) {
        ObjectNode escalation = Http.JSON
                .createObjectNode()
                .put("id", "escalation-" + callSid)
                .put("occurredAt", Instant.now().toString())
                .put("reason", "Billing dispute")
                .put("summary", "The caller was charged twice for one order and wants the second charge refunded.")
                .put("sentiment", "negative")
                .put("language", "en-US")
                .put("from", "+15550100001")
                .put("to", "+15550100002");
        escalation.putArray("recentTurns").add(segment(last));
        http.post(org + "/calls/" + callSid + "/escalation", JSON_TYPE, escalation.toString(), 202);
    }

    /** Nothing until the first event of the call has left the queue. */
    JsonNode handoff(String callSid) {
        return http.find(org + "/handoffs/" + callSid);
    }

    private static ObjectNode segment(Spoken spoken) {
        return Http.JSON
                .createObjectNode()
                .put("id", "segment-" + spoken.sequence())
                .put("sequence", spoken.sequence())
                .put("speaker", spoken.speaker())
                .put("text", spoken.text())
                .put("spokenAt", Instant.now().toString())
                .put("language", "en-US");
    }
}
