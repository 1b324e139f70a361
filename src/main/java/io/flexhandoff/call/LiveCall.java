package io.flexhandoff.call;

import io.flexhandoff.event.Segment;
import io.flexhandoff.transfer.RecordingLookup;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the ledger knows of a live call. It only spares questions: whoever writes claims first, in the ledger, and so nothing is
 * done twice should this be out of date.
 */
public final class LiveCall {

    /** As many as an escalation may bring along. */
    private static final int LATEST = 100;

    private String conversationSid;
    private String noteMessageSid;
    private String closedSid;
    private Instant transferredAt;
    private Instant overAt;
    /** Highest sequence number of all segments, and of those that do not wait; 0 for none. */
    private int highest;

    private int highestTaken;
    /** Segments that wait a moment for one that is missing: sequence numbers by id. */
    private final Map<String, Integer> waiting = new HashMap<>();

    private boolean overheard;
    private RecordingLookup recording;

    /** Hashes of the texts of segments that this node has appended, by their ids, the latest. */
    private final Map<String, String> appended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > LATEST;
        }
    };

    synchronized void load(String conversationSid, String noteMessageSid, Instant transferredAt, Instant overAt) {
        this.conversationSid = conversationSid;
        this.noteMessageSid = noteMessageSid;
        this.transferredAt = transferredAt;
        this.overAt = overAt;
    }

    public synchronized RecordingLookup recording() {
        return recording;
    }

    synchronized void recording(RecordingLookup lookup) {
        recording = lookup;
    }

    public synchronized String conversationSid() {
        return conversationSid;
    }

    public synchronized String noteMessageSid() {
        return noteMessageSid;
    }

    /** SID of the thread that was closed last while the call went on, {@code null} for none. */
    public synchronized String closedSid() {
        return closedSid;
    }

    synchronized void closed(String conversationSid) {
        closedSid = conversationSid;
    }

    /** When it came to the workflow last, {@code null} before. */
    public synchronized Instant transferredAt() {
        return transferredAt;
    }

    public synchronized void opened(String conversationSid, String noteMessageSid) {
        this.conversationSid = conversationSid;
        this.noteMessageSid = noteMessageSid;
    }

    public synchronized void transferred(Instant at) {
        if (transferredAt == null || overAt != null) {
            transferredAt = at;
            overAt = null;
        }
    }

    /** The handoff is over while the call goes on: the AI may have the caller again. */
    synchronized void over(Instant at) {
        if (transferredAt != null && overAt == null) {
            overAt = at;
        }
    }

    /** Whether a rep may have said what was spoken then, not the AI. */
    synchronized boolean withRep(Instant spokenAt) {
        return transferredAt != null
                && !spokenAt.isBefore(transferredAt)
                && (overAt == null || spokenAt.isBefore(overAt));
    }

    /** A segment of the call is in hand, parked or appended. */
    synchronized void taken(String id, int sequence, boolean heard) {
        waiting.remove(id);
        overheard |= heard;
        highest = Math.max(highest, sequence);
        highestTaken = Math.max(highestTaken, sequence);
    }

    synchronized void appended(Segment segment) {
        appended.put(segment.id(), segment.textHash());
    }

    /** The segment, under an id of its own when another text is known to have the one that it came with. */
    synchronized Segment own(Segment segment) {
        String known = appended.get(segment.id());
        return known == null || known.equals(segment.textHash()) ? segment : segment.underOwnId();
    }

    /** Whether a segment is known to be in the thread. */
    synchronized boolean has(Segment segment) {
        return appended.containsKey(segment.id());
    }

    /** A segment has another id now. */
    synchronized void renamed(String id) {
        waiting.remove(id);
    }

    /** A segment of the call waits a moment. */
    synchronized void waits(String id, int sequence, boolean heard) {
        waiting.put(id, sequence);
        overheard |= heard;
        highest = Math.max(highest, sequence);
    }

    /** Whether the one before is missing: it waits itself, or the latest is the one before that. */
    synchronized boolean gap(String id, int sequence) {
        return !waiting.containsKey(id)
                && (waiting.containsValue(sequence - 1) || highest == sequence - 2 && highest > 0);
    }

    /** Whether a segment does not come in its turn. */
    synchronized boolean late(int sequence, Instant spokenAt) {
        boolean afterTransfer = transferredAt != null && (overAt == null || spokenAt.isBefore(transferredAt));
        return afterTransfer || highestTaken > sequence;
    }

    /** Whether others go first that wait a moment, or were heard on the line and may yet be overtaken. */
    public synchronized boolean mustWait() {
        return !waiting.isEmpty() || overheard;
    }
}
