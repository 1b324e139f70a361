package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Tally;
import io.flexhandoff.bench.load.Target;
import io.flexhandoff.bench.load.Times;
import io.flexhandoff.bench.standin.Now;
import io.flexhandoff.bench.standin.Turn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures a load from its first request until everything that it caused is done, and verifies what became of it. */
final class Measurement {

    /** Without a request for so long, everything is done. */
    private static final long QUIET_MICROS = 300_000;

    /** What has not come when nothing has come for so long will not come. */
    private static final long PATIENCE_MICROS = Duration.ofSeconds(90).toNanos() / 1000;

    static final int SLICES = 10;

    private final Server server;
    private final Twilio twilio;
    private final Target target;
    private final String of;
    private final Tally tally = new Tally();
    private final List<String> problems = new ArrayList<>();
    private final Times appended = new Times();
    private final Times enqueued = new Times();
    private final List<Round.Slice> slices =
            Stream.generate(Round.Slice::new).limit(SLICES).toList();
    private long begin;
    private long loadEnd;
    private long lastAppended;
    private int late;

    /** @param of SID of the org's account */
    Measurement(Server server, Twilio twilio, Target target, String of) {
        this.server = server;
        this.twilio = twilio;
        this.target = target;
        this.of = of;
    }

    /** @param load is done when all is acknowledged */
    Round measure(Function<Tally, Future<?>> load) {
        JsonObject before = twilio.counts(of);
        Cpu cpuBefore = Cpu.now(server, twilio);
        begin = Now.micros();
        try {
            load.apply(tally).toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
        loadEnd = Now.micros();
        awaitQuiet(before);
        Cpu cpu = Cpu.now(server, twilio).since(cpuBefore);
        double span = (Now.micros() - begin) / 1e6;
        verify();
        return new Round(
                tally,
                (lastAppended - begin) / 1e6,
                span,
                cpu,
                appended,
                enqueued,
                slices,
                late,
                List.copyOf(problems));
    }

    private void awaitQuiet(JsonObject before) {
        int segments = tally.segments();
        int escalations = tally.escalations();
        long lastProgress = Now.micros();
        int progress = -1;
        while (true) {
            JsonObject counts = twilio.counts(of);
            int turns = counts.getInteger("turns") - before.getInteger("turns");
            int moved = counts.getInteger("enqueued") - before.getInteger("enqueued");
            int noted = counts.getInteger("noted") - before.getInteger("noted");
            boolean quiet =
                    counts.getInteger("inFlight") == 0 && Now.micros() - counts.getLong("lastActive") >= QUIET_MICROS;
            boolean complete = turns >= segments
                    && (moved >= escalations || target.movesByAnswer())
                    && (noted >= escalations || !target.writesNotes());
            if (turns + moved + noted != progress) {
                progress = turns + moved + noted;
                lastProgress = Now.micros();
            }
            if (quiet && complete || Now.micros() - lastProgress > PATIENCE_MICROS) {
                return;
            }
            server.checkAlive();
            Pause.millis(20);
        }
    }

    private void verify() {
        problems.addAll(tally.failures);
        lastAppended = begin;
        if (!tally.sent.isEmpty()) {
            int first = tally.sent.firstKey();
            twilio.calls(first, tally.sent.lastKey() - first + 1).forEach(this::verify);
        }
        twilio.unknown().forEach(request -> problems.add("Twilio's stand-in does not play " + request));
    }

    private void verify(JsonObject call) {
        Tally.Sent sent = tally.sent.get(Turn.call(call.getString("call")));
        if (sent == null) {
            return;
        }
        List<Integer> expected =
                IntStream.rangeClosed(1, sent.turns.size()).boxed().toList();
        boolean escalated = sent.escalation > 0;
        int redirects = escalated && !target.movesByAnswer() ? 1 : 0;
        boolean rightTurns = areOnce(call, expected) && call.getInteger("strange") == 0;
        boolean oneThread = call.getInteger("threads") == 1 || expected.isEmpty() && !escalated;
        boolean moved = call.getInteger("redirects") == redirects && call.getInteger("enqueues") == redirects;
        boolean noted = call.getInteger("notes") > 0 || !escalated || !target.writesNotes();
        if (!rightTurns || !oneThread || !moved || !noted) {
            problems.add("Expected turns 1 to %d, %d redirects%s, found %s"
                    .formatted(expected.size(), redirects, escalated && target.writesNotes() ? ", a note" : "", call));
        }
        late += call.getJsonArray("late").size();
        time(call, sent);
    }

    /** Those on time in order, those marked as late wherever they came. */
    private static boolean areOnce(JsonObject call, List<Integer> expected) {
        List<Integer> turns = numbers(call, "turns");
        List<Integer> late = numbers(call, "late");
        List<Integer> onTime =
                turns.stream().filter(turn -> !late.contains(turn)).toList();
        return turns.stream().sorted().toList().equals(expected)
                && onTime.stream().sorted().toList().equals(onTime);
    }

    private static List<Integer> numbers(JsonObject call, String name) {
        return call.getJsonArray(name).stream().map(Integer.class::cast).toList();
    }

    private void time(JsonObject call, Tally.Sent sent) {
        JsonArray turns = call.getJsonArray("turns");
        for (int place = 0; place < turns.size(); place++) {
            long answered = call.getJsonArray("answered").getLong(place);
            if (turns.getInteger(place) <= sent.turns.size() && answered > 0) {
                long due = sent.turns.get(turns.getInteger(place) - 1);
                lastAppended = Math.max(lastAppended, answered);
                appended.add(answered - due);
                slice(due).appended().add(answered - due);
            }
        }
        long moved = call.getLong("enqueueAnswered");
        if (sent.escalation > 0 && moved > 0) {
            enqueued.add(moved - sent.escalation);
            slice(sent.escalation).enqueued().add(moved - sent.escalation);
        }
    }

    private Round.Slice slice(long due) {
        long place = (due - begin) * SLICES / Math.max(1, loadEnd - begin);
        return slices.get((int) Math.max(0, Math.min(SLICES - 1, place)));
    }
}
