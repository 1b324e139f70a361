package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Turn;
import java.util.LinkedHashMap;
import java.util.Map;

/** Twilio's REST API itself: the same messages and redirects with nothing before it. */
public record TwilioTarget(int port, Org org) implements Target {

    /** Opens the call's thread, which the messages then go to by its name. */
    @Override
    public Http.Request opening(int call) {
        String callSid = Turn.callSid(call);
        return post(conversations(), Map.of("UniqueName", callSid, "FriendlyName", "Call " + callSid));
    }

    @Override
    public Http.Request segment(Turn turn) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Author", turn.byCaller() ? "Caller" : "AI Support Agent");
        form.put("Body", turn.text());
        form.put(
                "Attributes",
                "{\"segmentId\":\"segment-%1$d\",\"sequence\":%1$d,\"speaker\":\"%2$s\"}"
                        .formatted(turn.sequence(), turn.byCaller() ? "caller" : "ai"));
        return post(conversations() + "/" + turn.callSid() + "/Messages", form);
    }

    @Override
    public Http.Request escalation(Turn last) {
        String twiml = "<Response><Enqueue workflowSid=\"%s\"><Task>{\"handedOff\":true}</Task></Enqueue></Response>";
        return post(
                "/api/2010-04-01/Accounts/" + org.sid("AC") + "/Calls/" + last.callSid() + ".json",
                Map.of("Twiml", twiml.formatted(org.sid("WW"))));
    }

    private String conversations() {
        return "/conversations/v1/Services/" + org.sid("IS") + "/Conversations";
    }

    private Http.Request post(String path, Map<String, String> form) {
        return Http.Request.form(port, path, org.basic(), Map.of(), form);
    }
}
