package io.flexhandoff.promises;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Calls that speak, one after the other on each line, until there is enough of them. */
final class Load implements AutoCloseable {

    private static final int LINES = 16;

    private final Plant plant;
    private final int segments;
    private final Duration pause;
    private final BooleanSupplier enough;
    private final Collection<SpokenCall> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService lines = Executors.newFixedThreadPool(LINES);
    private final Collection<Future<?>> running;

    /**
     * @param pause between two requests of a call
     * @param enough asked before each call: whether to stop
     */
    Load(Plant plant, int segments, Duration pause, BooleanSupplier enough) {
        this.plant = plant;
        this.segments = segments;
        this.pause = pause;
        this.enough = enough;
        this.running = IntStream.range(0, LINES)
                .mapToObj(line -> lines.submit(() -> speak(Plant.ORGS.get(line % Plant.ORGS.size()))))
                .collect(Collectors.toList());
    }

    private void speak(String org) {
        while (!enough.getAsBoolean()) {
            String callSid = plant.twilio().placeCall(plant.account(org).accountSid(), "+15550100", "+15550199");
            SpokenCall call = new SpokenCall(org, callSid, segments);
            calls.add(call);
            call.requests().forEach(request -> call.send(plant, request, pause, accepted));
        }
    }

    /** How many requests have been accepted so far. */
    int accepted() {
        return accepted.get();
    }

    int placed() {
        return calls.size();
    }

    /** Calls whose escalation has been accepted so far. */
    List<SpokenCall> escalated() {
        return calls.stream().filter(call -> call.escalated() != null).toList();
    }

    /** All calls, when the last has been told to its end. */
    Collection<SpokenCall> calls() {
        for (Future<?> line : running) {
            try {
                line.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return calls;
    }

    @Override
    public void close() {
        lines.shutdownNow();
    }
}
