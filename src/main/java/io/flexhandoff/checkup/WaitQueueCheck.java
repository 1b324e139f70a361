package io.flexhandoff.checkup;

import com.twilio.rest.api.v2010.account.Queue;
import java.util.List;
import java.util.Optional;

/**
 * Is there room for one more caller to wait? Twilio lets 100 wait for a workflow unless told otherwise, and 5000 at most (TaskRouter
 * documentation, "Limits"): the limit is that of the voice queue whose name is the workflow's SID.
 */
final class WaitQueueCheck implements Check {

    private static final double NEARLY = 0.8;

    @Override
    public String name() {
        return "wait-queue";
    }

    @Override
    public List<String> needs() {
        return HandedOffFilterCheck.AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Optional<Queue> queue = org.waitQueue();
        if (queue.isEmpty()) {
            return Outcome.ok("No caller has waited yet: Twilio makes the queue with the first");
        }
        int waiting = queue.get().getCurrentSize();
        int limit = queue.get().getMaxSize();
        String found = waiting + " of at most " + limit + " callers wait";
        String fix = "Raise the maximum size, to 5000 at most, of the queue named "
                + queue.get().getFriendlyName() + " in " + Places.WAIT_QUEUES;
        if (waiting >= limit) {
            return Outcome.failed(
                    found + ": Twilio takes no other, and handed-off callers are dropped",
                    "More callers wait than the queue may hold, too few reps for the load or too small a queue",
                    fix);
        }
        return waiting >= limit * NEARLY
                ? Outcome.warning(found, "The queue is nearly full; beyond its limit callers are dropped", fix)
                : Outcome.ok(found);
    }
}
