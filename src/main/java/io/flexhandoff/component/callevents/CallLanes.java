package io.flexhandoff.component.callevents;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What came for one call is handled one after the other, many calls at once: those with an escalation first, the others by turns
 * of their orgs, so that the backlog of one is no other's.
 */
final class CallLanes {

    private final Executor executor;
    private final BiConsumer<Arrival, Turn> work;
    private final int workers;
    private final int room;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final Set<String> hastened = new HashSet<>();
    private final ReadyLanes ready;
    private final ThreadLocal<Turn> atHand = new ThreadLocal<>();
    private int running;
    private int held;
    private long heldSince;
    private int size;
    private boolean paused;
    private Runnable whenIdle = () -> {};

    /**
     * @param work handles an arrival, and says when its turn is over and done, on any thread
     * @param workers handled at once
     * @param room how many may wait here; {@link #add} waits for room
     */
    CallLanes(Executor executor, BiConsumer<Arrival, Turn> work, int workers, int room) {
        this.executor = executor;
        this.work = work;
        this.workers = workers;
        this.ready = new ReadyLanes(workers);
        this.room = room;
    }

    synchronized void add(Arrival arrival) throws InterruptedException {
        while (size >= room && !paused) {
            wait();
        }
        put(arrival, arrival.goesFirst());
    }

    /** Puts one that failed where it was, before the others of its call. */
    synchronized void addAgain(Arrival arrival) {
        put(arrival, true);
    }

    private void put(Arrival arrival, boolean first) {
        String org = arrival.org() == null ? "" : arrival.org();
        Lane lane = lanes.computeIfAbsent(arrival.lane(), key -> new Lane(key, org));
        lane.add(arrival, first);
        size++;
        if (arrival.escalation()) {
            ready.hasten(lane);
        }
        queue(lane);
        dispatch();
    }

    /** From now on the call goes before all others. */
    synchronized void hasten(String key) {
        hastened.add(key);
        Lane lane = lanes.get(key);
        if (lane != null) {
            ready.hasten(lane);
        }
        dispatch();
    }

    /** The call is one among others again. */
    synchronized void calm(String key) {
        hastened.remove(key);
    }

    private void queue(Lane lane) {
        if (lane.running || lane.queued || lane.waiting.isEmpty()) {
            return;
        }
        lane.queued = true;
        lane.since = System.nanoTime();
        ready.add(lane, hastened.contains(lane.key) || lane.escalations > 0);
    }

    private void dispatch() {
        Turn turn;
        while ((turn = begin()) != null) {
            Turn begun = turn;
            executor.execute(() -> work(begun));
        }
        notifyAll();
    }

    private Turn begin() {
        Lane lane = paused || running >= workers ? null : ready.take();
        if (lane == null) {
            return null;
        }
        Turn turn = new Turn(lane, lane.take());
        lane.queued = false;
        lane.running = true;
        running++;
        size--;
        return turn;
    }

    /** A thread that has done its work takes what is next itself: to wake another one costs more than many a step of a route. */
    private void work(Turn first) {
        Turn turn = first;
        while (turn != null) {
            atHand.set(turn);
            try {
                work.accept(turn.arrival, turn);
            } finally {
                atHand.remove();
            }
            synchronized (this) {
                turn = begin();
                notifyAll();
            }
        }
    }

    /** Of an arrival that is being handled. */
    final class Turn {
        private final Lane lane;
        private final Arrival arrival;
        private boolean over;

        private Turn(Lane lane, Arrival arrival) {
            this.lane = lane;
            this.arrival = arrival;
        }

        private void dispatchUnlessAtHand() {
            if (atHand.get() != this) {
                dispatch();
            }
        }

        boolean isOver() {
            synchronized (CallLanes.this) {
                return over;
            }
        }

        /** What came next for the call may be handled. */
        void over() {
            synchronized (CallLanes.this) {
                if (over) {
                    return;
                }
                over = true;
                lane.running = false;
                if (lane.waiting.isEmpty()) {
                    lanes.remove(lane.key, lane);
                } else {
                    queue(lane);
                    dispatchUnlessAtHand();
                }
            }
        }

        /** It is handled once more, later; what came next for the call waits for it, a worker does not. */
        void hold() {
            synchronized (CallLanes.this) {
                if (held++ == 0) {
                    heldSince = System.nanoTime();
                }
                free();
            }
        }

        /** What was held is handled once more, now, before what came next for the call; {@code null}: the broker has given it to somebody else. */
        void again(Arrival onceMore) {
            synchronized (CallLanes.this) {
                held--;
                if (onceMore == null) {
                    over();
                    return;
                }
                over = true;
                lane.running = false;
                put(onceMore, true);
            }
        }

        /** Nothing of it is left to be done. */
        void done() {
            synchronized (CallLanes.this) {
                over();
                free();
            }
        }

        private void free() {
            running--;
            ready.left(lane);
            dispatchUnlessAtHand();
            tellIdle();
        }
    }

    /**
     * How long the one that could be handled and has waited longest waits for a worker, in nanoseconds; when what is held takes up half of the room, so
     * that there would soon be none for escalations, how long that has lasted.
     */
    synchronized long lag() {
        long now = System.nanoTime();
        long heldFor = held > 0 && size > room / 2 ? now - heldSince : 0;
        return Math.max(heldFor, now - ready.oldest(now));
    }

    /**
     * Nothing is begun any more; what is being handled goes on.
     *
     * @param idle run when all of it is done
     */
    synchronized void pause(Runnable idle) {
        paused = true;
        whenIdle = idle;
        notifyAll();
        tellIdle();
    }

    private void tellIdle() {
        if (paused && running == 0) {
            Runnable idle = whenIdle;
            whenIdle = () -> {};
            idle.run();
        }
    }

    synchronized void resume() {
        paused = false;
        whenIdle = () -> {};
        dispatch();
    }

    /** Forgets what waits: the broker delivers it again, here or elsewhere. */
    synchronized void clear() {
        lanes.values().removeIf(lane -> {
            lane.clear();
            return !lane.running;
        });
        ready.clear();
        size = 0;
        notifyAll();
    }
}
