package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Now;
import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.IntStream;

/** A call whose turns all come in one request, with the escalation right behind. */
public final class Batch {

    private final Http http;
    private final ApiTarget target;
    private final Tally tally;

    public Batch(Http http, ApiTarget target, Tally tally) {
        this.http = http;
        this.target = target;
        this.tally = tally;
    }

    /** @return done when both are acknowledged */
    public Future<Void> run(int call, int segments) {
        List<Turn> turns = IntStream.rangeClosed(1, segments)
                .mapToObj(sequence -> new Turn(call, sequence))
                .toList();
        Promise<Void> done = Promise.promise();
        http.run(() -> {
            long begin = Now.micros();
            turns.forEach(turn -> tally.of(call).turns.add(begin));
            http.send(target.segments(turns))
                    .compose(answer -> {
                        if (!answer.isGood()) {
                            tally.failures.add(answer.status() + " " + answer.body());
                        }
                        long now = Now.micros();
                        tally.segmentsAcknowledged.add(now - begin);
                        tally.of(call).escalation = now;
                        return new Sender(http, target, tally).escalation(turns.get(segments - 1), now);
                    })
                    .onComplete(done);
        });
        return done.future();
    }
}
