package io.flexhandoff.flex;

import com.twilio.rest.api.v2010.account.call.Recording;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a call's recording is, for Flex Insights.
 *
 * @param url of the audio, without credentials; it is there when the recording is
 * @param startedAt {@code null} when Twilio does not say
 * @param dual whether caller and callee have a channel each
 */
public record RecordingLink(String url, ZonedDateTime startedAt, boolean dual) {

    private static final String TWILIO = "https://api.twilio.com/2010-04-01/Accounts/";

    /** In progress before anything else, then the one that was started last. */
    private static final Comparator<Recording> LATEST = Comparator.comparing(
                    (Recording recording) -> recording.getStatus() == Recording.Status.IN_PROGRESS)
            .thenComparing(Recording::getStartTime, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** The recording in progress, or the latest; {@code null} when there is none with any audio. */
    static RecordingLink latest(Iterable<Recording> recordings) {
        List<Recording> audible = new ArrayList<>();
        recordings.forEach(audible::add);
        audible.removeIf(recording -> recording.getStatus() == Recording.Status.ABSENT);
        return audible.stream().max(LATEST).map(RecordingLink::of).orElse(null);
    }

    private static RecordingLink of(Recording recording) {
        return new RecordingLink(
                TWILIO + recording.getAccountSid() + "/Recordings/" + recording.getSid(),
                recording.getStartTime(),
                Integer.valueOf(2).equals(recording.getChannels()));
    }

    /** Whether an entry of {@code conversations.media} links this recording. */
    boolean isLinkedBy(Object entry) {
        return entry instanceof Map<?, ?> link && url.equals(link.get("url"));
    }

    /**
     * The entry of {@code conversations.media}: {@code start_time} is in milliseconds
     * (https://www.twilio.com/docs/flex/developer/insights/custom-media-attached-conversations).
     */
    Map<String, Object> media() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", "VoiceRecording");
        entry.put("url", url);
        if (startedAt != null) {
            entry.put("start_time", startedAt.toInstant().toEpochMilli());
        }
        if (dual) {
            entry.put("channels", List.of("customer", "others"));
        }
        return entry;
    }
}
