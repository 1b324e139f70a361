package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.workflow.Expression;
import io.flexhandoff.workflow.ExpressionException;
import java.time.Instant;

/** A TaskRouter queue: the workers that its expression selects. */
final class TaskQueue {

    final String sid;
    final Instant created = Instant.now();
    Instant updated = created;
    String friendlyName;
    int maxReservedWorkers = 1;
    String taskOrder = "FIFO";
    private String targetWorkers;
    private Expression expression;

    TaskQueue(String sid, String friendlyName, String targetWorkers) {
        this.sid = sid;
        this.friendlyName = friendlyName;
        targetWorkers(targetWorkers);
    }

    String targetWorkers() {
        return targetWorkers;
    }

    /** Sets the expression; one that is malformed selects nobody, as in Twilio. */
    void targetWorkers(String text) {
        this.targetWorkers = text;
        this.updated = Instant.now();
        try {
            this.expression = Expression.parse(text);
        } catch (ExpressionException malformed) {
            this.expression = null;
        }
    }

    boolean includes(Worker worker) {
        return expression != null && expression.matchesWorker(worker.expressionView());
    }
}
