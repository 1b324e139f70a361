package io.flexhandoff.bench.load;

import io.flexhandoff.bench.load.Http.Answer;
import io.flexhandoff.bench.load.Http.Request;
import io.flexhandoff.bench.standin.Now;
import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Sends the events of calls as a careful sender does: what is refused for now is sent again when the refusal says. */
final class Sender {

    private final Http http;
    private final Target target;
    private final Tally tally;

    Sender(Http http, Target target, Tally tally) {
        this.http = http;
        this.target = target;
        this.tally = tally;
    }

    /** What precedes a call. @return done when it was answered */
    Future<Void> opening(int call) {
        Promise<Void> done = Promise.promise();
        send(new Delivery(target.opening(call), Answer::isGood, () -> {}, () -> {}, done));
        return done.future();
    }

    /**
     * @param due when it was to be sent, microseconds since 1970
     * @param refused told each time that it is to come again later
     * @return done when it was acknowledged, or has failed for good, which the tally then knows
     */
    Future<Void> segment(Turn turn, long due, Runnable refused) {
        Promise<Void> done = Promise.promise();
        send(new Delivery(
                target.segment(turn),
                Answer::isGood,
                () -> tally.segmentsAcknowledged.add(Now.micros() - due),
                () -> {
                    tally.refusedSegments++;
                    refused.run();
                },
                done));
        return done.future();
    }

    /** Likewise. @param last the call's last turn */
    Future<Void> escalation(Turn last, long due) {
        Promise<Void> done = Promise.promise();
        send(new Delivery(
                target.escalation(last),
                target::isRight,
                () -> tally.escalationsAcknowledged.add(Now.micros() - due),
                () -> tally.refusedEscalations++,
                done));
        return done.future();
    }

    private record Delivery(
            Request request, Predicate<Answer> isRight, Runnable acknowledged, Runnable refused, Promise<Void> done) {}

    private void send(Delivery delivery) {
        http.send(delivery.request()).onComplete(result -> {
            Answer answer = result.result();
            if (answer != null && delivery.isRight().test(answer)) {
                delivery.acknowledged().run();
                delivery.done().complete();
            } else if (answer != null && answer.isRefusal()) {
                delivery.refused().run();
                http.later(TimeUnit.SECONDS.toMillis(Long.parseLong(answer.retryAfter())), () -> send(delivery));
            } else {
                String why = answer == null ? String.valueOf(result.cause()) : answer.status() + " " + answer.body();
                tally.failures.add(delivery.request().path() + ": " + why);
                delivery.done().complete();
            }
        });
    }
}
