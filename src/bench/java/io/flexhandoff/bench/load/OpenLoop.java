package io.flexhandoff.bench.load;

import io.flexhandoff.bench.standin.Now;
import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Calls that speak when they have something to say, whatever the answers: events arrive as a Poisson process, each in one of
 * the live calls at random. A call that has said its turns is escalated by its next event, and a new one takes its place.
 *
 * <p>Within a call one event is sent after the other is acknowledged, as a sender does that keeps its order; only an escalation does
 * not wait for segments that are refused for now. Times count from the moment in which an event was to be sent, so waiting counts
 * too. The same seed gives the same arrivals.
 */
public final class OpenLoop {

    private static final long SEED = 20_260_302;

    private final Http http;
    private final Tally tally;
    private final Sender sender;
    private final Target target;
    private final Rate rate;
    private final IntSupplier newCall;
    private final Random random = new Random(SEED);
    private final List<LiveCall> live = new ArrayList<>();
    private final Promise<Void> done = Promise.promise();
    private int pending;
    private double due;
    private boolean over;

    /**
     * How much is said.
     *
     * @param segmentsPerSecond of all calls
     * @param live calls at any moment
     * @param segments of a call
     */
    public record Rate(double segmentsPerSecond, int live, int segments, int seconds) {

        private double eventsPerSecond() {
            return segmentsPerSecond * (segments + 1) / segments;
        }
    }

    /** @param newCall gives each call its number */
    public OpenLoop(Http http, Target target, Tally tally, Rate rate, IntSupplier newCall) {
        this.http = http;
        this.tally = tally;
        this.sender = new Sender(http, target, tally);
        this.target = target;
        this.rate = rate;
        this.newCall = newCall;
    }

    private final class LiveCall {

        private final int number = newCall.getAsInt();
        private final int turnsLeftAtStart;
        private final Deque<Supplier<Future<Void>>> waiting = new ArrayDeque<>();
        private Runnable escalate = () -> {};
        private int said;
        private boolean busy;
        private boolean refused;

        private LiveCall(int turns) {
            turnsLeftAtStart = turns;
            if (target.opening(number) != null) {
                send(() -> sender.opening(number));
            }
        }

        /** @return whether this was its end */
        private boolean happens(long when) {
            if (said < turnsLeftAtStart) {
                Turn turn = new Turn(number, ++said);
                tally.of(number).turns.add(when);
                send(() -> sender.segment(turn, when, this::refused));
                return false;
            }
            tally.of(number).escalation = when;
            Supplier<Future<Void>> escalation = () -> sender.escalation(new Turn(number, said), when);
            if (refused) {
                pending++;
                escalation.get().onComplete(answered -> done());
            } else {
                send(escalation);
                escalate = () -> pass(escalation);
            }
            return true;
        }

        private void send(Supplier<Future<Void>> event) {
            pending++;
            waiting.add(event);
            if (!busy) {
                next();
            }
        }

        /** What is said before the escalation comes later. */
        private void refused() {
            refused = true;
            escalate.run();
        }

        private void pass(Supplier<Future<Void>> escalation) {
            if (waiting.remove(escalation)) {
                escalation.get().onComplete(answered -> done());
            }
        }

        private void done() {
            pending--;
            endIfDone();
        }

        private void next() {
            Supplier<Future<Void>> event = waiting.poll();
            busy = event != null;
            if (busy) {
                event.get().onComplete(answered -> {
                    refused = false;
                    next();
                    done();
                });
            }
        }
    }

    /** @return done when all is acknowledged */
    public Future<Void> run() {
        http.run(() -> {
            // from the start as in the middle: each call at another point of its life
            for (int place = 0; place < rate.live(); place++) {
                live.add(new LiveCall(1 + random.nextInt(rate.segments())));
            }
            due = Now.micros();
            arrive(due + rate.seconds() * 1e6);
        });
        return done.future();
    }

    private void arrive(double end) {
        long now = Now.micros();
        while (due <= now && due < end) {
            int place = random.nextInt(live.size());
            if (live.get(place).happens((long) due)) {
                live.set(place, new LiveCall(rate.segments()));
            }
            due += -Math.log(1 - random.nextDouble()) / rate.eventsPerSecond() * 1e6;
        }
        if (due < end) {
            http.later((long) ((due - now) / 1000), () -> arrive(end));
        } else {
            over = true;
            endIfDone();
        }
    }

    private void endIfDone() {
        if (over && pending == 0) {
            done.tryComplete();
        }
    }
}
