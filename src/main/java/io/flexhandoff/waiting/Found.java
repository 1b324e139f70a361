package io.flexhandoff.waiting;

import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.Optional;

/**
 * A queue that a call would get.
 *
 * @param place of its target, counted from 0: those before have to time out first
 * @param averageWait seconds, of the calls that were accepted lately
 */
record Found(Target target, int place, QueueState queue, Reps reps, String name, Optional<Integer> averageWait) {

    boolean isStaffed() {
        return reps.signedIn() > 0;
    }

    /** Whether the call would ring at once, as far as TaskRouter tells: a rep's calls of other queues it does not. */
    boolean isFree() {
        return place == 0
                && reps.available() > 0
                && queue.waiting() == 0
                && queue.busy() + queue.offered() < Math.max(queue.available(), reps.available());
    }

    /** How long a call that comes now waits, in seconds; empty when nothing tells. */
    Optional<Integer> expectedWait() {
        if (reps.available() == 0) {
            return Optional.empty();
        }
        return averageWait.or(() -> Optional.of(queue.longestWait()).filter(longest -> longest > 0));
    }
}
