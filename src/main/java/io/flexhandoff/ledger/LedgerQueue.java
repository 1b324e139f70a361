package io.flexhandoff.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What waits to be written, and what of it is committed together. */
final class LedgerQueue {

    /** Most that one commit takes. */
    private static final int GROUP = 256;

    /** Most that wait; who comes then is refused. */
    private static final int WAITING = 10_000;

    /** How long a commit waits for company when the one before it had some. */
    static final int COMPANY_MILLIS = 2;

    /** How long it waits for company while nobody waits for any of it. */
    static final int LEISURE_MILLIS = 20;

    private final BlockingQueue<LedgerJob<?>> jobs = new LinkedBlockingQueue<>();
    private final LedgerJob<Void> end = new LedgerJob<>(connection -> null, true);

    /** Whether the last group had company. */
    private boolean busy;

    private boolean ended;

    /** Lets a job wait for its turn, or fails it when too many do. */
    void add(LedgerJob<?> job) {
        if (jobs.size() >= WAITING) {
            job.fail(new LedgerFailure("The ledger has not done it: " + WAITING + " others wait for it"));
        } else {
            jobs.add(job);
        }
    }

    /** Whether a job still waited, and does no more. */
    boolean remove(LedgerJob<?> job) {
        return jobs.remove(job);
    }

    /** No group comes after what waits now. */
    void end() {
        jobs.add(end);
    }

    /** Whether the last group is the last one; of the writer's thread. */
    boolean isEnded() {
        return ended;
    }

    /** What is to be committed together next, in order, waiting for it; of the writer's thread. */
    List<LedgerJob<?>> next() {
        List<LedgerJob<?>> group = new ArrayList<>();
        try {
            group.add(jobs.take());
            awaitCompany(group, busy ? COMPANY_MILLIS : 0);
        } catch (InterruptedException e) {
            // of nobody here: only the end ends it, and H2 would close its files
        }
        jobs.drainTo(group, GROUP - group.size());
        busy = group.size() > 1;
        ended = group.remove(end);
        return group;
    }

    private void awaitCompany(List<LedgerJob<?>> group, int millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEISURE_MILLIS);
        LedgerJob<?> next = group.get(0);
        while (next != null && next != end && group.size() < GROUP) {
            if (next.awaited) {
                deadline = Math.min(deadline, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            }
            next = jobs.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next != null) {
                group.add(next);
            }
        }
    }

    /** Fails all that wait. */
    void refuse(Exception failure) {
        List<LedgerJob<?>> waiting = new ArrayList<>();
        jobs.drainTo(waiting);
        if (waiting.remove(end)) {
            jobs.add(end);
        }
        waiting.forEach(job -> job.fail(failure));
    }
}
