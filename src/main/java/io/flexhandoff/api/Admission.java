package io.flexhandoff.api;

import io.flexhandoff.component.callevents.Backlog;
import io.flexhandoff.health.DataDisk;
import java.time.Duration;
import java.util.Set;

/**
 * Judges a request by its head, before its body is read: whose key it carries, and whether this node can take it now. Bound as {@code
 * admission}.
 */
public final class Admission {

    /** Segments are many and may wait; a caller may not. */
    private static final String TRANSCRIPT = "appendTranscript";

    /** Writes an event to the disk. */
    private static final Set<String> TAKEN_IN = Set.of(TRANSCRIPT, "escalate", "endCall");

    private final ApiKeys keys;
    private final Backlog backlog;
    private final Duration maxLag;
    private final DataDisk disk;

    /**
     * @param maxLag how far this node may be behind: then segments are refused
     * @param disk where what is taken in is written
     */
    public Admission(ApiKeys keys, Backlog backlog, Duration maxLag, DataDisk disk) {
        this.disk = disk;
        this.keys = keys;
        this.backlog = backlog;
        this.maxLag = maxLag;
    }

    /**
     * @param operation {@code operationId} of the contract
     * @param org the org in the path
     * @param authorization value of the Authorization header, may be {@code null}
     * @throws Problem 401 or 404, as {@link ApiKeys#check}; 503 for segments while this node is behind or its disk has little room left, for all
     *     while it has hardly any
     */
    public void judge(String operation, String org, String authorization) {
        keys.check(authorization, org);
        if (TRANSCRIPT.equals(operation)) {
            Duration lag = backlog.lag();
            if (lag.compareTo(maxLag) > 0) {
                throw new Overload("This node is behind; nothing was taken in, send it again in a moment", lag);
            }
        }
        if (TAKEN_IN.contains(operation) && (TRANSCRIPT.equals(operation) ? disk.isLow() : disk.isNearlyFull())) {
            throw new Unavailable("The disk of this node is nearly full; nothing was taken in, send it again later");
        }
    }

    /** Whether a request may have the last of the memory for bodies: with it a caller moves, or ends. */
    public static boolean goesFirst(String operation) {
        return !TRANSCRIPT.equals(operation);
    }

    /** There is no memory left for the body of a request. */
    public static Problem noRoom() {
        return new Overload(
                "This node reads as much as it can hold; nothing was taken in, send it again in a moment",
                Duration.ZERO);
    }
}
