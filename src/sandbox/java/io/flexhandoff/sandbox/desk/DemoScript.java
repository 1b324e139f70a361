package io.flexhandoff.sandbox.desk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A recorded call: what is said when, and the escalation at its end.
 *
 * @param name names it in requests
 * @param title shown to the visitor
 * @param language BCP-47
 * @param from the caller's number
 * @param to the number that was called
 * @param recording the file: {@code segments} with {@code at} (ms after the start), {@code delay} (ms until the AI phone platform
 *     sends it), {@code speaker} and {@code text}; an {@code escalation} with {@code at} and fields of the API
 */
record DemoScript(String name, String title, String language, String from, String to, JsonObject recording) {

    private static final List<String> NAMES = List.of("disputed-charge", "stranded-traveller", "internet-outage");
    private static final int HANG_UP_MILLIS = 300;

    /**
     * A request to the API, some time after the start.
     *
     * @param path below the call's path
     */
    record Post(int at, String path, JsonObject body) {}

    /** The recorded scripts, the first is played unless the visitor chooses. */
    static List<DemoScript> all() {
        return NAMES.stream().map(DemoScript::read).toList();
    }

    private static DemoScript read(String name) {
        try (InputStream file = DemoScript.class.getResourceAsStream("/sandbox/scripts/" + name + ".json")) {
            JsonObject json = new JsonObject(Buffer.buffer(file.readAllBytes()));
            return new DemoScript(
                    name,
                    json.getString("title"),
                    json.getString("language"),
                    json.getString("from"),
                    json.getString("to"),
                    json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the AI phone platform posts about one play of this script, in order. */
    List<Post> posts(String callSid, Instant start) {
        return posts(callSid, start, false);
    }

    /**
     * @param reconnects whether its connection is lost in the middle: Twilio tells it the prompts once more ({@code applicationReconnect}), and it
     *     posts them again, as of then
     */
    List<Post> posts(String callSid, Instant start, boolean reconnects) {
        List<Post> posts = new ArrayList<>();
        List<JsonObject> segments = recording.getJsonArray("segments").stream()
                .map(JsonObject.class::cast)
                .toList();
        List<JsonObject> told = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            JsonObject segment = segments.get(i);
            JsonObject body = new JsonObject()
                    .put("id", "segment-" + (i + 1))
                    .put("sequence", i + 1)
                    .put("speaker", segment.getString("speaker"))
                    .put("text", segment.getString("text"))
                    .put("language", language)
                    .put("spokenAt", start.plusMillis(segment.getInteger("at")).toString());
            posts.add(new Post(
                    segment.getInteger("at") + segment.getInteger("delay", 0),
                    "/transcript",
                    new JsonObject().put("segments", List.of(body))));
            told.add(body);
            if (reconnects && i == segments.size() / 2) {
                posts.add(again(told, segment.getInteger("at") + segment.getInteger("delay", 0), start));
            }
        }
        int escalatedAt = recording.getJsonObject("escalation").getInteger("at");
        JsonObject escalation = recording
                .getJsonObject("escalation")
                .copy()
                .put("id", "escalation-" + callSid)
                .put("occurredAt", start.plusMillis(escalatedAt).toString())
                .put("from", from)
                .put("to", to);
        escalation.remove("at");
        posts.add(new Post(escalatedAt, "/escalation", escalation));
        posts.sort(Comparator.comparingInt(Post::at));
        int end = posts.get(posts.size() - 1).at() + HANG_UP_MILLIS;
        posts.add(new Post(end, "/end", ended(start.plusMillis(end), "escalated")));
        return posts;
    }

    private static Post again(List<JsonObject> told, int at, Instant start) {
        List<JsonObject> repeated = told.stream()
                .map(segment ->
                        segment.copy().put("spokenAt", start.plusMillis(at).toString()))
                .toList();
        return new Post(at, "/transcript", new JsonObject().put("segments", repeated));
    }

    /** What an IVR asked before the AI, of a call that came through Flex. */
    Map<String, Object> askedByIvr() {
        JsonObject custom = recording.getJsonObject("escalation").getJsonObject("customData");
        return Map.of(
                "ivr", Map.of("language", language, "selection", custom.getString("ivrSelection")), "channel", "voice");
    }

    static JsonObject ended(Instant at, String outcome) {
        return new JsonObject().put("occurredAt", at.toString()).put("outcome", outcome);
    }

    /** What the visitor chooses from. */
    JsonObject summary() {
        List<Post> posts = posts("", Instant.EPOCH);
        return new JsonObject()
                .put("name", name)
                .put("title", title)
                .put("language", language)
                .put("seconds", (posts.get(posts.size() - 1).at() + 999) / 1000);
    }
}
