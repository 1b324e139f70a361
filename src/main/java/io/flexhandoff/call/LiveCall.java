package io.flexhandoff.call;

import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.event.Segment;
import io.flexhandoff.flex.RecordingLookup;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What the ledger knows of a live call. It only spares questions: whoever writes claims first, in the ledger, and so nothing is
 * done twice should this be out of date.
 */
public final class LiveCall {

    /** As many as an escalation may bring along. */
    private static final int LATEST = 100;

    /** Parked segments that are remembered. */
    private static final int PARKED = 1_000;

    /** Characters that are kept of what was said: what tells why a person is wanted is among the last. */
    private static final int KEPT = 12_000;

    private String conversationSid;
    private String noteMessageSid;
    private String closedSid;
    private Instant transferredAt;
    private Instant overAt;
    private boolean task;
    /** When a door took in the decision that led to the last transfer. */
    private Instant escalatedAt;
    /** Highest sequence number of all segments, and of those in the thread; 0 for none. */
    private int highest;

    private int highestAppended;

    /** Sequence numbers of segments that are being sent, or got no answer, and may be in the thread. */
    private final NavigableSet<Integer> sent = new TreeSet<>();

    /** Segments that wait a moment for one that is missing: sequence numbers by id. */
    private final Map<String, Integer> waiting = new HashMap<>();

    private boolean overheard;
    private RecordingLookup recording;

    /** The latest turns by their ids, appended or not, as they came to this node. */
    private final Map<String, Segment> turns = new LinkedHashMap<>();

    private int length;

    /** Segments that are parked, as this node knows, by their ids. */
    private final Map<String, CallEvent.SegmentSpoken> parked = new HashMap<>();

    private Found found;

    /** What was found out of a handoff whose call an answer to Twilio has moved. */
    private record Found(Object decision, HandoffContext context) {}

    /** Hashes of the texts of segments that this node has appended, by their ids, the latest. */
    private final Map<String, String> appended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > LATEST;
        }
    };

    synchronized void load(
            String conversationSid,
            String noteMessageSid,
            Instant escalatedAt,
            Instant transferredAt,
            Instant overAt,
            boolean task) {
        this.escalatedAt = escalatedAt;
        this.task = task;
        this.conversationSid = conversationSid;
        this.noteMessageSid = noteMessageSid;
        this.transferredAt = transferredAt;
        this.overAt = overAt;
    }

    /** Whether the AI has it by a task, as far as was known. */
    synchronized boolean isTask() {
        return task;
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

    /** @param escalatedAt when a door took in the decision */
    public synchronized void transferred(Instant at, Instant escalatedAt) {
        if (transferredAt == null || overAt != null) {
            transferredAt = at;
            this.escalatedAt = escalatedAt;
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
        if (sequence > highestAppended) {
            sent.add(sequence);
        }
    }

    /** The caller or the AI has said it. */
    synchronized void said(Segment segment) {
        Segment before = turns.put(segment.id(), segment);
        length += segment.text().length() - (before == null ? 0 : before.text().length());
        Iterator<Segment> oldest = turns.values().iterator();
        while (length > KEPT && turns.size() > 1) {
            length -= oldest.next().text().length();
            oldest.remove();
        }
    }

    /** What was said lately, in order, as far as it came to this node. */
    synchronized List<Segment> turns() {
        return turns.values().stream()
                .sorted(Comparator.comparingInt(Segment::sequence))
                .toList();
    }

    /** More is known of a handoff than its task may say, which did not exist yet. */
    synchronized void found(Object decision, HandoffContext context) {
        found = new Found(decision, context);
    }

    /** What is known of a handoff whose task there is now, once; {@code null} for nothing. */
    synchronized HandoffContext takeFound(Object decision) {
        HandoffContext context = found != null && Objects.equals(found.decision, decision) ? found.context : null;
        found = null;
        return context;
    }

    synchronized void appended(Segment segment) {
        appended.put(segment.id(), segment.textHash());
        parked.remove(segment.id());
        appended(segment.sequence());
    }

    synchronized void appended(int sequence) {
        highestAppended = Math.max(highestAppended, sequence);
        sent.headSet(highestAppended, true).clear();
    }

    /** A segment is parked. @param mayBeThere in the thread, all the same */
    synchronized void parked(CallEvent.SegmentSpoken spoken, boolean mayBeThere) {
        if (!mayBeThere) {
            sent.remove(spoken.segment().sequence());
        }
        if (parked.size() < PARKED) {
            parked.put(spoken.segment().id(), spoken);
        }
    }

    synchronized boolean isParked(String id) {
        return parked.containsKey(id);
    }

    /** A segment is parked no more, but not appended. */
    synchronized void givenUp(String id) {
        parked.remove(id);
    }

    /** Parked segments that come before one, in order. */
    synchronized List<CallEvent.SegmentSpoken> parkedBefore(int sequence) {
        return parked.isEmpty()
                ? List.of()
                : parked.values().stream()
                        .filter(spoken -> spoken.segment().sequence() < sequence)
                        .sorted(Comparator.comparingInt(
                                spoken -> spoken.segment().sequence()))
                        .toList();
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

    /**
     * Whether a segment does not come in its turn. One that was here before the decision to hand over, and was kept from the thread by
     * an outage, does, as long as it comes in order.
     *
     * @param parked whether it failed before
     */
    synchronized boolean late(CallEvent.SegmentSpoken spoken, boolean parked) {
        boolean afterTransfer = transferredAt != null
                && (overAt == null || spoken.segment().spokenAt().isBefore(transferredAt));
        boolean kept = parked && escalatedAt != null && !spoken.receivedAt().isAfter(escalatedAt);
        int sequence = spoken.segment().sequence();
        return (afterTransfer && !kept) || highestAppended > sequence || sent.higher(sequence) != null;
    }

    /** Whether others go first that wait a moment, or were heard on the line and may yet be overtaken. */
    public synchronized boolean mustWait() {
        return !waiting.isEmpty() || overheard;
    }
}
