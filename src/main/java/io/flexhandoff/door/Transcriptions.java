package io.flexhandoff.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.event.Segment;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the callbacks of Real-Time Transcription (Twilio documentation, {@code <Transcription>}). Bound as
 * {@code transcriptions}.
 *
 * <p>Twilio keeps the order of each track, not of both: what the caller says and what the caller hears is put in order by
 * time. All values are text.
 */
public final class Transcriptions {

    private static final Pattern TRANSCRIPTION_SID = Pattern.compile("GT[0-9a-fA-F]{32}");
    private static final int TEXT_LIMIT = 20_000;
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final ObjectMapper json;
    private final CallEvents events;

    public Transcriptions(ObjectMapper json, CallEvents events) {
        this.json = json;
        this.events = events;
    }

    /** The segment of a call that a callback tells, {@code null} when it tells no final words. */
    public CallEvent read(String org, String callSid, Map<String, String> form) {
        boolean content = "transcription-content".equals(form.get("TranscriptionEvent"));
        boolean isFinal = "true".equals(form.get("Final"));
        String transcription = form.getOrDefault("TranscriptionSid", "");
        String track = form.getOrDefault("Track", "");
        String text = text(form.getOrDefault("TranscriptionData", ""));
        Instant spokenAt = time(form.get("Timestamp"));
        if (!content
                || !isFinal
                || text.isEmpty()
                || spokenAt == null
                || !(track.equals("inbound_track") || track.equals("outbound_track"))
                || !TRANSCRIPTION_SID.matcher(transcription).matches()
                || !form.getOrDefault("SequenceId", "").matches("\\d{1,18}")) {
            return null;
        }
        return events.overheard(
                org,
                callSid,
                new Segment(
                        transcription + "/" + form.get("SequenceId"),
                        sequence(spokenAt),
                        track.equals("inbound_track") ? "caller" : "ai",
                        text,
                        spokenAt,
                        form.get("LanguageCode"),
                        true));
    }

    /**
     * A place in the call by time: SequenceId also counts what is no final segment. Every second is four places, so that no
     * two segments look like neighbours of one that is missing.
     */
    private static int sequence(Instant spokenAt) {
        long seconds = Math.max(0, spokenAt.getEpochSecond() - EPOCH.getEpochSecond());
        return (int) (4 * (seconds % (Integer.MAX_VALUE / 4)) + 1);
    }

    private String text(String data) {
        try {
            String text = json.readTree(data)
                    .path("transcript")
                    .asText("")
                    .replace("\0", "")
                    .strip();
            return text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) : text;
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static Instant time(String timestamp) {
        try {
            return timestamp == null ? null : Instant.parse(timestamp);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
