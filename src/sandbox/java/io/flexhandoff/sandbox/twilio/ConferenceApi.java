package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Twilio's 2010-04-01 API: the conferences in which callers and reps talk, each named after its task. */
final class ConferenceApi {

    private ConferenceApi() {}

    static void mount(TwilioApi.Product api) {
        api.get("/2010-04-01/Accounts/:account/Conferences.json", ConferenceApi::list);
    }

    private static Answer list(TwilioRequest request) {
        VoiceApi.checkAccount(request);
        String name = request.query("FriendlyName");
        List<Task> talking = request.state().workspace().tasks.all().stream()
                .filter(task -> task.call != null && conference(task) != null)
                .filter(task -> name == null || name.equals(task.sid))
                .toList();
        return new Paging(request, 1000).v2010("conferences", talking, task -> task.sid, task -> json(request, task));
    }

    private static Map<?, ?> conference(Task task) {
        return task.attributeMap().get("conference") instanceof Map<?, ?> conference ? conference : null;
    }

    private static JsonObject json(TwilioRequest request, Task task) {
        String account = request.state().account().accountSid();
        Map<?, ?> conference = conference(task);
        LiveCall call = task.call;
        boolean over = !call.inProgress();
        Object rep = ((Map<?, ?>) conference.get("participants")).get("worker");
        String uri = "/2010-04-01/Accounts/" + account + "/Conferences/" + conference.get("sid");
        return new JsonObject()
                .put("account_sid", account)
                .put("date_created", VoiceApi.date(task.created))
                .put("date_updated", VoiceApi.date(over ? call.endedAt : task.updated))
                .put("api_version", "2010-04-01")
                .put("friendly_name", task.sid)
                .put("region", "us1")
                .put("sid", conference.get("sid"))
                .put("status", over ? "completed" : "in-progress")
                .put("uri", uri + ".json")
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("participants", uri + "/Participants.json")
                                .put("recordings", uri + "/Recordings.json"))
                .put("reason_conference_ended", over ? "participant-with-end-conference-on-exit-left" : null)
                .put("call_sid_ending_conference", !over ? null : call.endedByRep ? rep : call.sid);
    }
}
