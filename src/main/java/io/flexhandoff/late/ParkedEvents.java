package io.flexhandoff.late;

import io.flexhandoff.event.CallEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this node has parked of each org, so that the first success calls the rest: the broker keeps a parked message until its time,
 * and delivers no two of a call in their order before. While an org has any, one a second is tried before its time, so that an outage is
 * known to be over. Each such try is one beside the parked message, which stays: it loses nothing, uses up nothing, and whoever is second
 * finds it done. Bound as {@code parkedEvents}.
 */
public final class ParkedEvents {

    /** Events that are remembered of an org; what is more waits for its time. */
    private static final int MOST = 10_000;

    /** As many as a circuit that has been open lets through to see whether all is well. */
    private static final int PROBES = 3;

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<String, OfOrg> orgs = new HashMap<>();
    private final Clock clock;

    public ParkedEvents(Clock clock) {
        this.clock = clock;
    }

    /** The notes, and the latest parked segment of each call: it takes those along that are before it. */
    private static final class OfOrg {

        private final Map<String, EventPost> events = new LinkedHashMap<>();
        private Instant tried = Instant.MIN;
        private int called;
    }

    /** An event has failed for now: a segment or a note. What else there is has no order, or its own haste, or is an operator's replay. */
    public synchronized void parked(NextTry next) {
        CallEvent event = next.event();
        if (!(event instanceof CallEvent.SegmentSpoken || event instanceof CallEvent.NoteDue)
                || next.delivery().replays() > 0) {
            return;
        }
        OfOrg org = orgs.computeIfAbsent(event.org(), name -> new OfOrg());
        EventPost before = org.events.remove(key(event));
        if (org.events.size() < MOST) {
            org.events.put(
                    key(event),
                    before != null && sequence(before.event()) > sequence(event)
                            ? before
                            : EventPost.early(event, next.text(), next.delivery()));
        }
    }

    /** An event is a dead letter. */
    public synchronized void dead(NextTry next) {
        OfOrg org = next.event() == null ? null : orgs.get(next.org());
        if (org != null) {
            org.events.computeIfPresent(
                    key(next.event()),
                    (key, post) -> post.event().id().equals(next.event().id()) ? null : post);
        }
    }

    private static String key(CallEvent event) {
        return event instanceof CallEvent.NoteDue ? event.id() : event.group();
    }

    private static int sequence(CallEvent event) {
        return event instanceof CallEvent.SegmentSpoken spoken
                ? spoken.segment().sequence()
                : 0;
    }

    /**
     * A request of an org has gone well after others had failed.
     *
     * @param all whether the org's circuit is closed; a few more are tried otherwise
     */
    public synchronized void succeeded(String name, boolean all) {
        OfOrg org = orgs.get(name);
        if (org != null) {
            org.called = all ? MOST : Math.max(org.called, PROBES);
        }
    }

    /** Those that are to be tried now, each of them once. */
    public synchronized List<EventPost> due() {
        Instant now = clock.instant();
        List<EventPost> due = new ArrayList<>();
        for (OfOrg org : orgs.values()) {
            int count = org.called > 0 || org.tried.plus(PERIOD).isAfter(now) ? org.called : 1;
            org.called = 0;
            Iterator<EventPost> events = org.events.values().iterator();
            for (; count > 0 && events.hasNext(); count--) {
                due.add(events.next());
                events.remove();
                org.tried = now;
            }
        }
        orgs.values().removeIf(org -> org.events.isEmpty());
        return due;
    }
}
