package io.flexhandoff.bench.engines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Runs the same load against every engine in turn, round after round, and prints what each cost.
 *
 * <p>Arguments: requests a round, counted rounds, clients. The first rounds, uncounted, warm the servers and this JVM.
 */
public final class EngineBenchmark {

    private static final List<String> ENGINES = List.of("mvc-security", "mvc", "vertx");
    private static final int WARM_UP_ROUNDS = 10;

    private record Round(Load.Outcome outcome, double cpuPerThousand) {}

    private final Load load = new Load();
    private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();

    public static void main(String[] args) throws Exception {
        int requests = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        int clients = Integer.parseInt(args[2]);
        System.out.printf("%d requests a round, %d rounds, %d clients%n", requests, rounds, clients);
        new EngineBenchmark().run(requests, rounds, clients);
    }

    private void run(int requests, int rounds, int clients) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> servers.forEach(ServerProcess::close)));
        for (String engine : ENGINES) {
            ServerProcess server = ServerProcess.start(engine);
            servers.add(server);
            awaitDrained(server, 0);
            if (load.statusWithoutKey(server.address()) != 401) {
                throw new IllegalStateException(engine + " lets a request without a key in");
            }
        }
        Map<ServerProcess, List<Round>> results = new LinkedHashMap<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (ServerProcess server : servers) {
                Round result = round(server, requests, clients);
                System.out.printf(
                        "%-8s %-13s %5.0f requests/s, %.2f CPU s per 1,000%n",
                        round < 0 ? "warm-up" : "round " + (round + 1),
                        server.engine(),
                        result.outcome().perSecond(),
                        result.cpuPerThousand());
                if (round >= 0) {
                    results.computeIfAbsent(server, s -> new ArrayList<>()).add(result);
                }
            }
        }
        print(results);
    }

    /** A round ends when the queue is empty again, so that its processor time holds the consumer's share as well. */
    private Round round(ServerProcess server, int requests, int clients) throws InterruptedException {
        long before = load.drained(server.address());
        double cpu = server.cpuSeconds();
        Load.Outcome outcome = load.run(server.address(), requests, clients);
        awaitDrained(server, before + outcome.micros().length);
        return new Round(outcome, (server.cpuSeconds() - cpu) * 1000 / requests);
    }

    private void awaitDrained(ServerProcess server, long events) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (load.drained(server.address()) < events) {
            if (System.nanoTime() > deadline || !server.process().isAlive()) {
                throw new IllegalStateException(
                        server.engine() + " is not up or its queue not empty; see target/engines/" + server.engine());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void print(Map<ServerProcess, List<Round>> results) {
        String line = "%-13s %24s %8s %8s %8s %24s %7s %7s %7s %10s%n";
        System.out.println();
        System.out.printf(
                line,
                "engine",
                "requests/s (min-max)",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU s per 1,000 (min-max)",
                "RSS MiB",
                "peak",
                "errors",
                "malformed");
        results.forEach((server, rounds) -> {
            long[] micros = rounds.stream()
                    .flatMapToLong(round -> Arrays.stream(round.outcome().micros()))
                    .sorted()
                    .toArray();
            System.out.printf(
                    line,
                    server.engine(),
                    spread("%.0f (%.0f-%.0f)", rounds, round -> round.outcome().perSecond()),
                    percentile(micros, 0.5),
                    percentile(micros, 0.99),
                    percentile(micros, 1),
                    spread("%.2f (%.2f-%.2f)", rounds, Round::cpuPerThousand),
                    server.memory("VmRSS"),
                    server.memory("VmHWM"),
                    rounds.stream().mapToInt(round -> round.outcome().failed()).sum(),
                    rounds.stream()
                            .mapToInt(round -> round.outcome().malformed())
                            .sum());
        });
    }

    /** Median, smallest and largest. */
    private static String spread(String format, List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return format.formatted(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static String percentile(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? "-" : "%.1f".formatted(sorted[Math.max(0, index)] / 1000.0);
    }
}
