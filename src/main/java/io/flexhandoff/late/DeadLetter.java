package io.flexhandoff.late;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An event that ran out of tries, as the contract shows it.
 *
 * @param id opaque; another one after a replay that failed again
 * @param org {@code null} when the message could not be read, and so for {@code callSid} and {@code segmentId}
 * @param kind {@code segment}, {@code escalation}, {@code end}, or {@code event} for any other
 * @param segmentId the segment, or {@code null} for another kind of event
 * @param attempts tries since it was received or last replayed
 * @param firstFailure when the first try of all failed
 * @param lastFailure when the last try failed
 * @param cause why the last try failed
 * @param event what was to be done; {@code null} when it could not be read or is too long to be listed
 */
public record DeadLetter(
        String id,
        @JsonIgnore String org,
        String callSid,
        String kind,
        @JsonIgnore String segmentId,
        int attempts,
        Instant firstFailure,
        Instant lastFailure,
        String cause,
        JsonNode event) {}
