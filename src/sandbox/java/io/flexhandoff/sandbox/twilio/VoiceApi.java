package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Twilio's 2010-04-01 API: live calls. */
final class VoiceApi {

    private static final String CALLS = "/2010-04-01/Accounts/:account/Calls";
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private VoiceApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(CALLS + ".json", VoiceApi::list)
                .get(CALLS + "/:call", VoiceApi::fetch)
                .post(CALLS + "/:call", VoiceApi::update);
    }

    private static Answer list(TwilioRequest request) {
        checkAccount(request);
        List<String> parents = request.queryAll("ParentCallSid");
        Calls calls = request.state().calls();
        return new Paging(request, 1000)
                .v2010(
                        "calls",
                        parents.isEmpty() ? calls.list(request.queryAll("Status")) : calls.dialedBy(parents.get(0)),
                        call -> call.sid,
                        call -> json(request, call));
    }

    private static Answer fetch(TwilioRequest request) {
        return Answer.ok(json(request, call(request)));
    }

    private static Answer update(TwilioRequest request) {
        LiveCall call = call(request);
        Calls calls = request.state().calls();
        if (request.has("Url")) {
            throw TwilioError.invalid("Url: the sandbox fetches no TwiML, send it in Twiml");
        }
        if (request.has("Twiml")) {
            calls.redirect(call, request.form("Twiml"));
        }
        switch (request.form("Status", "")) {
            case "" -> {}
            case "completed" -> calls.complete(call);
            // acts on queued and ringing calls only, and a call here is in progress from its first moment
            case "canceled" ->
                throw new TwilioError(400, 21220, "Status=canceled: the call is neither queued nor ringing");
            default -> throw TwilioError.invalid("Status is neither completed nor canceled");
        }
        return Answer.ok(json(request, call));
    }

    static LiveCall call(TwilioRequest request) {
        checkAccount(request);
        String sid = request.pathParam("call").replaceFirst("\\.json$", "");
        return request.found(request.state().calls().find(sid));
    }

    static void checkAccount(TwilioRequest request) {
        if (!request.pathParam("account").equals(request.state().account().accountSid())) {
            throw request.notFound();
        }
    }

    private static JsonObject json(TwilioRequest request, LiveCall call) {
        String account = request.state().account().accountSid();
        String uri = "/2010-04-01/Accounts/" + account + "/Calls/" + call.sid;
        JsonObject subresources = new JsonObject();
        for (String name : new String[] {"notifications", "recordings", "payments", "events", "transcriptions"}) {
            subresources.put(name, uri + "/" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + ".json");
        }
        return new JsonObject()
                .put("sid", call.sid)
                .put("date_created", date(call.startedAt))
                .put("date_updated", date(call.endedAt == null ? call.startedAt : call.endedAt))
                .put("parent_call_sid", call.parent)
                .put("account_sid", account)
                .put("to", call.to)
                .put("to_formatted", call.to)
                .put("from", call.from)
                .put("from_formatted", call.from)
                .put("phone_number_sid", Sids.of("PN", account, call.to))
                .put("status", call.status)
                .put("start_time", date(call.startedAt))
                .put("end_time", call.endedAt == null ? null : date(call.endedAt))
                .put("duration", call.endedAt == null ? null : seconds(call))
                .put("price", null)
                .put("price_unit", "USD")
                .put("direction", call.parent == null ? "inbound" : "outbound-dial")
                .put("answered_by", null)
                .put("api_version", "2010-04-01")
                .put("forwarded_from", null)
                .put("group_sid", null)
                .put("caller_name", null)
                .put("queue_time", "0")
                .put("trunk_sid", null)
                .put("uri", uri + ".json")
                .put("subresource_uris", subresources);
    }

    private static String seconds(LiveCall call) {
        return Long.toString(Duration.between(call.startedAt, call.endedAt).toSeconds());
    }

    static String date(Instant instant) {
        return RFC_2822.format(instant);
    }
}
