package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Now;
import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;

/** Calls that speak as fast as they are answered, some at once, and are escalated right after their last turn. */
public final class ClosedLoop {

    private final Http http;
    private final Tally tally;
    private final Sender sender;
    private final int segments;
    private final boolean inTurns;
    private final Deque<Turn> ready = new ArrayDeque<>();
    private final Promise<Void> done = Promise.promise();
    private int underWay;

    /** @param inTurns whether, after an answer, it is the turn of the call that has waited longest, not of the same call */
    public ClosedLoop(Http http, Target target, Tally tally, int segments, boolean inTurns) {
        this.http = http;
        this.tally = tally;
        this.sender = new Sender(http, target, tally);
        this.segments = segments;
        this.inTurns = inTurns;
    }

    /** @param first number of the first call @return done when all is acknowledged */
    public Future<Void> run(int first, int calls, int atOnce) {
        http.run(() -> {
            for (int call = first; call < first + calls; call++) {
                ready.add(new Turn(call, 1));
            }
            for (int place = 0; place < atOnce; place++) {
                next();
            }
        });
        return done.future();
    }

    private void next() {
        Turn turn = ready.poll();
        if (turn == null) {
            if (underWay == 0) {
                done.tryComplete();
            }
            return;
        }
        underWay++;
        send(turn).onComplete(answered -> {
            underWay--;
            next();
        });
    }

    private Future<Void> send(Turn turn) {
        long now = Now.micros();
        if (turn.sequence() > segments) {
            tally.of(turn.call()).escalation = now;
            return sender.escalation(new Turn(turn.call(), segments), now);
        }
        tally.of(turn.call()).turns.add(now);
        return sender.segment(turn, now, () -> {}).onComplete(answered -> {
            Turn following = new Turn(turn.call(), turn.sequence() + 1);
            if (inTurns) {
                ready.addLast(following);
            } else {
                ready.addFirst(following);
            }
        });
    }
}
