package io.flexhandoff.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Function;

/** The load: calls that speak and are then escalated, all through the product's API. */
final class Run {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Api api;
    private final Settings settings;
    private final List<String> calls;
    private final long begin = System.nanoTime();
    private final LongAccumulator lastAccepted = new LongAccumulator(Math::max, begin);
    private final Times acknowledged = new Times();
    private final Times handedOff = new Times();

    /**
     * What the calls took.
     *
     * @param calls Call SIDs, in the order that {@link Spoken#call()} counts
     * @param acknowledged from a segment's POST to its 202
     * @param handedOff from an escalation's 202 until the call has been redirected to the queue
     */
    record Outcome(
            List<String> calls,
            double acceptedPerSecond,
            double appendedPerSecond,
            Times acknowledged,
            Times handedOff) {}

    private Run(Api api, Settings settings, List<String> calls) {
        this.api = api;
        this.settings = settings;
        this.calls = calls;
    }

    /** @param calls SIDs of live calls */
    static Outcome of(Api api, Settings settings, List<String> calls) {
        return new Run(api, settings, calls).run();
    }

    /** Without a pace the queue is full of segments, and what a handoff takes is measured after they are through. */
    private Outcome run() {
        int count = calls.size();
        double appended;
        if (settings.paceMillis() == 0) {
            Parallel.forEach(count, count, this::speak);
            appended = awaitAppended();
            Parallel.forEach(count, settings.handoffsAtOnce(), this::handOff);
        } else {
            Parallel.forEach(count, count, call -> {
                pause(ThreadLocalRandom.current().nextLong(settings.paceMillis()));
                speak(call);
                return handOff(call);
            });
            appended = awaitAppended();
        }
        int segments = count * settings.segments();
        double accepted = (lastAccepted.get() - begin) / 1e9;
        return new Outcome(calls, segments / accepted, segments / appended, acknowledged, handedOff);
    }

    private Void speak(int call) {
        for (int sequence = 1; sequence <= settings.segments(); sequence++) {
            Spoken spoken = new Spoken(call, sequence);
            if (sequence > 1) {
                pause(settings.paceMillis());
            }
            acknowledged.take(() -> api.append(calls.get(call), spoken));
            lastAccepted.accumulate(System.nanoTime());
        }
        return null;
    }

    /** Asks for one call after the other, so that the asking is no load of its own; seconds since the run began. */
    private double awaitAppended() {
        for (String callSid : calls) {
            poll(callSid, 20, handoff -> {
                JsonNode transcript = handoff.path("transcript");
                return transcript.path("appended").asInt() >= settings.segments()
                        ? Optional.of(true)
                        : Optional.empty();
            });
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The handoff itself tells when the call was transferred, so the time does not depend on how often we ask. */
    private Void handOff(int call) {
        String callSid = calls.get(call);
        api.escalate(callSid, new Spoken(call, settings.segments()));
        Instant accepted = Instant.now();
        Instant transferred = poll(callSid, 200, Run::transferredAt);
        handedOff.add(Duration.between(accepted, transferred).toNanos() / 1e6);
        return null;
    }

    private static Optional<Instant> transferredAt(JsonNode handoff) {
        for (JsonNode step : handoff.path("steps")) {
            if (step.path("step").asText().equals("transferred")) {
                return Optional.of(Instant.parse(step.path("at").asText()));
            }
        }
        return Optional.empty();
    }

    private <T> T poll(String callSid, long everyMillis, Function<JsonNode, Optional<T>> question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode handoff = api.handoff(callSid);
            Optional<T> answer = question.apply(handoff);
            if (answer.isPresent()) {
                return answer.get();
            }
            boolean dead = handoff.path("transcript").path("dead").asInt() > 0;
            if (dead || handoff.path("state").asText().equals("failed") || System.nanoTime() > deadline) {
                throw new IllegalStateException("The call does not get through: " + handoff);
            }
            pause(everyMillis);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw Http.interrupted();
        }
    }
}
