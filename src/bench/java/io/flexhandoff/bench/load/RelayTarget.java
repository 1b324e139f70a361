package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Turn;
import io.flexhandoff.twilio.WebhookSigning;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Calls whose AI speaks by way of ConversationRelay: an escalation is the signed request that Twilio sends to
 * {@code <Connect action>} when the session has ended, and its answer moves the call.
 */
public record RelayTarget(ApiTarget api, Org org) implements Target {

    @Override
    public Http.Request segment(Turn turn) {
        return api.segment(turn);
    }

    @Override
    public Http.Request escalation(Turn last) {
        SortedMap<String, String> form = new TreeMap<>();
        form.put("AccountSid", org.sid("AC"));
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", last.callSid());
        form.put("CallStatus", "in-progress");
        form.put("Direction", "inbound");
        form.put("From", "+15550100001");
        form.put("To", "+15550100002");
        form.put("SessionId", "VX" + last.callSid().substring(2));
        form.put("SessionStatus", "ended");
        form.put("SessionDuration", "42");
        form.put(
                "HandoffData",
                new JsonObject()
                        .put("reason", "Billing dispute")
                        .put("summary", "The caller was charged twice for one order.")
                        .put("sentiment", "negative")
                        .put("language", "en-US")
                        .encode());
        String path = "/voice/" + org.name() + "/" + org.webhookToken() + "/connect-action";
        String signature = WebhookSigning.withAuthToken(org.token())
                .headers("http://localhost:" + api.port() + path, form)
                .get("X-Twilio-Signature");
        return Http.Request.form(api.port(), path, null, Map.of("X-Twilio-Signature", signature), form);
    }

    @Override
    public boolean isRight(Http.Answer escalated) {
        return escalated.isGood() && escalated.body().toString().contains("<Enqueue");
    }

    @Override
    public boolean movesByAnswer() {
        return true;
    }

    @Override
    public boolean writesNotes() {
        return true;
    }
}
