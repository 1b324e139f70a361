package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Twilio's 2010-04-01 API: the recordings of a call. There is no audio in them. */
final class RecordingApi {

    private static final String RECORDINGS = "/2010-04-01/Accounts/:account/Calls/:call/Recordings";
    private static final List<String> TRACKS = List.of("inbound", "outbound", "both");
    private static final List<String> CHANNELS = List.of("mono", "dual");

    private RecordingApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(RECORDINGS + ".json", RecordingApi::list)
                .post(RECORDINGS + ".json", RecordingApi::create)
                .get(RECORDINGS + "/:recording", RecordingApi::fetch);
    }

    private static Answer list(TwilioRequest request) {
        LiveCall call = VoiceApi.call(request);
        List<Recording> newestFirst = new ArrayList<>(call.recordings);
        Collections.reverse(newestFirst);
        return new Paging(request, 1000)
                .v2010(
                        "recordings",
                        newestFirst,
                        recording -> recording.sid,
                        recording -> json(request, call, recording));
    }

    private static Answer create(TwilioRequest request) {
        LiveCall call = VoiceApi.call(request);
        String channels = request.form("RecordingChannels", "mono");
        String track = request.form("RecordingTrack", "both");
        if (!CHANNELS.contains(channels)) {
            throw TwilioError.invalid("RecordingChannels is none of " + CHANNELS);
        }
        if (!TRACKS.contains(track)) {
            throw TwilioError.invalid("RecordingTrack is none of " + TRACKS);
        }
        Recording recording = request.state().calls().record(call, channels.equals("dual"), track);
        return Answer.created(json(request, call, recording));
    }

    private static Answer fetch(TwilioRequest request) {
        LiveCall call = VoiceApi.call(request);
        String sid = request.pathParam("recording").replaceFirst("\\.json$", "");
        return Answer.ok(json(
                request,
                call,
                request.found(call.recordings.stream()
                        .filter(recording -> recording.sid.equals(sid))
                        .findFirst()
                        .orElse(null))));
    }

    private static JsonObject json(TwilioRequest request, LiveCall call, Recording recording) {
        String account = request.state().account().accountSid();
        String duration = call.inProgress()
                ? null
                : Long.toString(
                        Duration.between(recording.startedAt, call.endedAt).toSeconds());
        return new JsonObject()
                .put("account_sid", account)
                .put("api_version", "2010-04-01")
                .put("call_sid", call.sid)
                .put("conference_sid", null)
                .put("channels", recording.dual ? 2 : 1)
                .put("date_created", VoiceApi.date(recording.startedAt))
                .put("date_updated", VoiceApi.date(call.inProgress() ? recording.startedAt : call.endedAt))
                .put("start_time", VoiceApi.date(recording.startedAt))
                .put("price", null)
                .put("price_unit", null)
                .put("duration", duration)
                .put("sid", recording.sid)
                .put("source", "StartCallRecordingAPI")
                .put("status", call.inProgress() ? "in-progress" : "completed")
                .put("error_code", null)
                .put("encryption_details", null)
                .put("track", recording.track)
                .put(
                        "uri",
                        "/2010-04-01/Accounts/" + account + "/Calls/" + call.sid + "/Recordings/" + recording.sid
                                + ".json");
    }
}
