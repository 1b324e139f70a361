package io.flexhandoff.component.callevents;

import java.util.ArrayDeque;
import java.util.Deque;

/** What waits for one call, in order. */
final class Lane {
    final String key;
    final String org;
    final Deque<Arrival> waiting = new ArrayDeque<>();
    int escalations;
    boolean running;
    boolean queued;
    long since;

    Lane(String key, String org) {
        this.key = key;
        this.org = org;
    }

    void add(Arrival arrival, boolean first) {
        if (first) {
            waiting.addFirst(arrival);
        } else {
            waiting.addLast(arrival);
        }
        escalations += arrival.escalation() ? 1 : 0;
    }

    Arrival take() {
        Arrival arrival = waiting.removeFirst();
        escalations -= arrival.escalation() ? 1 : 0;
        return arrival;
    }

    void clear() {
        waiting.clear();
        escalations = 0;
        queued = false;
    }
}
