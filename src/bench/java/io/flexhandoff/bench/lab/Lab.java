package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.ClosedLoop;
import io.flexhandoff.bench.load.Http;
import io.flexhandoff.bench.load.OpenLoop;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.load.Tally;
import io.flexhandoff.bench.load.Target;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Load, Twilio's stand-in and the system under test, each in a process of its own: what scenarios measure with. */
public final class Lab implements AutoCloseable {

    /** Until load and stand-in are as fast as they get. */
    private static final int OWN_WARM_UP = 6;

    private static final int PLAIN_ROUNDS = 3;

    private final Settings settings;
    private final Results results;
    private final Path directory;
    private final Http http = new Http();
    private final Twilio twilio;
    private final Servers servers;
    private int calls;
    private boolean warm;

    /** @param runs folder in which each run has its own, readable by its owner only */
    public Lab(Settings settings, Path runs) throws Exception {
        this.settings = settings;
        this.results = new Results(runs);
        results.head(Machine.describe(settings));
        this.directory = Files.createTempDirectory(runs.toAbsolutePath(), "run");
        this.twilio = Twilio.start(directory, http, settings.latencyMillis());
        this.servers = new Servers(settings, directory, http, twilio);
    }

    public Settings settings() {
        return settings;
    }

    public Results results() {
        return results;
    }

    public Http http() {
        return http;
    }

    public Twilio twilio() {
        return twilio;
    }

    /** Those asked for that can be measured here, and that a scenario is for. */
    public List<String> systems(String... those) {
        List<String> systems = new ArrayList<>();
        for (String system : settings.systems()) {
            Optional<String> missing = servers.missing(system);
            if (missing.isPresent()) {
                results.say("Not measured: %s, %s", system, missing.get());
            } else if (List.of(those).contains(system)) {
                systems.add(system);
            }
        }
        return systems;
    }

    /** All systems, in the order of the tables. */
    public static String[] all() {
        return new String[] {Servers.NEW, Servers.OLD, Servers.EXPRESS, Servers.PLAIN};
    }

    /** The product that was just built. */
    public static String[] built() {
        return new String[] {Servers.NEW};
    }

    /** The product's two builds. */
    public static String[] products() {
        return new String[] {Servers.NEW, Servers.OLD};
    }

    /** What is done with a system under test. */
    public interface Work<T> {
        T with(Server server) throws Exception;
    }

    /** Starts a system with nothing in it, and ends it after the work. */
    public <T> T with(String system, Work<T> work) throws Exception {
        return with(system, List.of(Org.FIRST), work);
    }

    public <T> T with(String system, List<Org> orgs, Work<T> work) throws Exception {
        if (!warm) {
            warm = true;
            with(Servers.PLAIN, server -> rounds(server, OWN_WARM_UP));
        }
        twilio.clear();
        try (Server server = servers.start(system, orgs)) {
            return work.with(server);
        }
    }

    /** @return number of the first of so many new calls */
    public synchronized int newCalls(int count) {
        calls += count;
        return calls - count;
    }

    /** A round of the closed loop. */
    public Round round(Server server) {
        Target target = server.target(Org.FIRST);
        int count = settings.calls();
        int first = newCalls(count);
        if (target.opening(first) != null) {
            http.ask(IntStream.range(first, first + count)
                    .mapToObj(target::opening)
                    .toList());
        }
        return measure(server, target, Org.FIRST, tally -> new ClosedLoop(
                        http, target, tally, settings.segments(), server.isPlain())
                .run(first, count, settings.atOnce()));
    }

    public List<Round> rounds(Server server, int count) {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            rounds.add(round(server));
            Round last = rounds.get(round);
            results.say(
                    "%s: %.0f segments/s, %.2f ms CPU an event; others kept %.1f cores busy",
                    server.name(), last.segmentsPerSecond(), last.cpuPerEvent(), last.disturbed());
        }
        return rounds;
    }

    /** Rounds of the closed loop, until the server has seen the events after which it counts as warm; at least one. */
    public List<Round> warmUp(Server server) {
        int events = settings.eventsOfRound();
        return rounds(server, Math.max(1, (settings.warmUpEvents() + events - 1) / events));
    }

    /** An open loop for one org. */
    public Round open(Server server, Target target, Org org, OpenLoop.Rate rate) {
        return measure(server, target, org, tally -> openLoop(target, tally, rate));
    }

    /** Beside another that is measured. */
    public Future<Void> openLoop(Target target, Tally tally, OpenLoop.Rate rate) {
        return new OpenLoop(http, target, tally, rate, () -> newCalls(1)).run();
    }

    public Round measure(Server server, Target target, Org org, Function<Tally, Future<?>> load) {
        return new Measurement(server, twilio, target, org.sid("AC")).measure(load);
    }

    /** Segments a second that plain POSTs reach in the closed loop: the best of some rounds. */
    public double plainRate() throws Exception {
        return with(Servers.PLAIN, server -> rounds(server, PLAIN_ROUNDS).stream()
                .mapToDouble(Round::segmentsPerSecond)
                .max()
                .orElseThrow());
    }

    /** Does the work; Flight Recorder looks on, where that is asked for. */
    public <T> T recorded(Server server, Callable<T> work) throws Exception {
        if (!settings.product().recorded() || server.inside() == null) {
            return work.call();
        }
        Path file = directory.resolve(server.name() + "-" + calls + ".jfr");
        Recording recording = Recording.start(server.process(), file);
        try {
            return work.call();
        } finally {
            recording.stop();
            results.say("%s", RecordingSummary.of(file).text(server.name()));
        }
    }

    @Override
    public void close() throws IOException {
        twilio.close();
        http.close();
    }
}
