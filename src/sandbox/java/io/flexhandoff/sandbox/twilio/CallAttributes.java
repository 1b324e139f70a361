package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;

/**
 * The 25 attributes that Twilio adds to the task of an enqueued call, about 615 characters: see "twiml-queue-calls" in Twilio's
 * TaskRouter documentation. The place names are made up.
 */
final class CallAttributes {

    private CallAttributes() {}

    static JsonObject of(LiveCall call, SandboxAccount account) {
        return new JsonObject()
                .put("from_country", "US")
                .put("called", call.to)
                .put("to_country", "US")
                .put("to_city", "SAN FRANCISCO")
                .put("to_state", "CA")
                .put("caller_country", "US")
                .put("call_status", "in-progress")
                .put("call_sid", call.sid)
                .put("account_sid", account.accountSid())
                .put("from_zip", "94107")
                .put("from", call.from)
                .put("direction", "inbound")
                .put("called_zip", "94105")
                .put("caller_state", "CA")
                .put("to_zip", "94105")
                .put("called_country", "US")
                .put("from_city", "SAN FRANCISCO")
                .put("called_city", "SAN FRANCISCO")
                .put("caller_zip", "94107")
                .put("api_version", "2010-04-01")
                .put("called_state", "CA")
                .put("from_state", "CA")
                .put("caller", call.from)
                .put("caller_city", "SAN FRANCISCO")
                .put("to", call.to);
    }
}
