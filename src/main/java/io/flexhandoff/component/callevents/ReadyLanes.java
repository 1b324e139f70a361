package io.flexhandoff.component.callevents;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lanes that a worker may take: urgent ones first, the others by turns of their orgs, of which none but by urgent ones has more than
 * three quarters of the workers. Guarded by the lock of its {@link CallLanes}.
 */
final class ReadyLanes {

    private final int workersOfOrg;
    private final Deque<Lane> urgent = new ArrayDeque<>();
    /** Of each org that has any. */
    private final Map<String, Deque<Lane>> others = new LinkedHashMap<>();

    private final Map<String, Integer> atWork = new HashMap<>();

    ReadyLanes(int workers) {
        this.workersOfOrg = Math.max(1, workers * 3 / 4);
    }

    void add(Lane lane, boolean first) {
        if (first) {
            urgent.addLast(lane);
        } else {
            others.computeIfAbsent(lane.org, org -> new ArrayDeque<>()).addLast(lane);
        }
    }

    /** Without effect unless it is one of the others. */
    void hasten(Lane lane) {
        Deque<Lane> ofOrg = others.get(lane.org);
        if (ofOrg != null && ofOrg.remove(lane)) {
            if (ofOrg.isEmpty()) {
                others.remove(lane.org);
            }
            urgent.addLast(lane);
        }
    }

    /** The next one, which is at work from now on; {@code null} when there is none, or its org has its share. */
    Lane take() {
        Lane lane = urgent.isEmpty() ? nextByTurns() : urgent.removeFirst();
        if (lane != null) {
            atWork.merge(lane.org, 1, Integer::sum);
        }
        return lane;
    }

    private Lane nextByTurns() {
        Iterator<Map.Entry<String, Deque<Lane>>> orgs = others.entrySet().iterator();
        while (orgs.hasNext()) {
            Map.Entry<String, Deque<Lane>> org = orgs.next();
            if (atWork.getOrDefault(org.getKey(), 0) < workersOfOrg) {
                Lane lane = org.getValue().removeFirst();
                orgs.remove();
                if (!org.getValue().isEmpty()) {
                    others.put(org.getKey(), org.getValue()); // behind the other orgs
                }
                return lane;
            }
        }
        return null;
    }

    /** A worker has left it. */
    void left(Lane lane) {
        atWork.computeIfPresent(lane.org, (org, count) -> count == 1 ? null : count - 1);
    }

    /** When the one of the others that has waited longest began to wait, by {@link System#nanoTime}; {@code now} when none waits. */
    long oldest(long now) {
        long oldest = now;
        for (Deque<Lane> lanesOfOrg : others.values()) {
            long since = lanesOfOrg.peekFirst().since;
            if (since - oldest < 0) {
                oldest = since;
            }
        }
        return oldest;
    }

    void clear() {
        urgent.clear();
        others.clear();
    }
}
