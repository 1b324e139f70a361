import io.flexhandoff.command.Rehearsal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long the application takes until it is ready, and what its first events cost beside later ones, for several ways to start
 * it, one after the other, again and again: see README.md beside it.
 */
public final class StartBenchmark {

    private static final int RUNS = Integer.getInteger("runs", 5);

    /** A call is ten segments and an escalation: 2,200 events. */
    private static final int CALLS = Integer.getInteger("calls", 200);

    private static final int SEGMENTS = 10;
    private static final int AT_ONCE = 16;
    private static final int ROUNDS = Integer.getInteger("rounds", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private record Start(double ready, double cpu, List<Double> perEvent) {}

    /** @param args each a name, '=' and the command to measure; the first is what the others are held against */
    public static void main(String[] args) throws Exception {
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int run = 0; run < RUNS; run++) {
            for (String arg : args) {
                String[] way = arg.split("=", 2);
                Start start = measure(way[1].trim().split("\\s+"));
                starts.computeIfAbsent(way[0], name -> new ArrayList<>()).add(start);
                System.err.printf("%-20s %s%n", way[0], start);
            }
        }
        System.out.println(
                "| | ready, s: least | median | of the first | CPU, s: least | median | CPU of an event, ms: round by round |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        double first = median(starts.values().iterator().next(), 0);
        starts.forEach((name, all) -> System.out.printf(
                "| %s | %.1f | %.1f | %.2f | %.1f | %.1f | %s |%n",
                name,
                least(all, 0),
                median(all, 0),
                median(all, 0) / first,
                least(all, 1),
                median(all, 1),
                rounds(all)));
    }

    private static Start measure(String... command) throws Exception {
        Path folder = Files.createTempDirectory("start-benchmark");
        int port = freePort();
        int management = freePort();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile());
        builder.environment()
                .put("JAVA_TOOL_OPTIONS", "-Dhandoff.http.port=" + port + " -Dhandoff.management.port=" + management);
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            while (!isReady(process, folder.resolve("log.txt"))) {
                Thread.sleep(20);
            }
            double ready = (System.nanoTime() - begin) / 1e9;
            double cpu = cpu(process);
            List<Double> perEvent = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                double before = cpu(process);
                new Rehearsal(URI.create("http://localhost:" + port)).handOver(CALLS, SEGMENTS, AT_ONCE);
                perEvent.add((cpu(process) - before) * 1000 / (CALLS * (SEGMENTS + 1)));
            }
            return new Start(ready, cpu, perEvent);
        } finally {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            delete(folder);
        }
    }

    /** The API answers, and under Spring Boot the management port too, which opens before it. */
    private static boolean isReady(Process process, Path log) throws IOException {
        String words = Files.readString(log);
        if (!process.isAlive() || process.info().startInstant().isEmpty()) {
            throw new IOException("It ended: " + words);
        }
        if (process.info().startInstant().get().plus(PATIENCE).isBefore(java.time.Instant.now())) {
            throw new IOException("It is not ready after " + PATIENCE + ": " + words);
        }
        return words.contains("The API is at");
    }

    private static double cpu(Process process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private static double least(List<Start> starts, int what) {
        return sorted(starts, what)[0];
    }

    private static double median(List<Start> starts, int what) {
        double[] sorted = sorted(starts, what);
        return sorted[sorted.length / 2];
    }

    private static double[] sorted(List<Start> starts, int what) {
        return starts.stream()
                .mapToDouble(start -> what == 0 ? start.ready() : start.cpu())
                .sorted()
                .toArray();
    }

    private static String rounds(List<Start> starts) {
        double[][] rounds = new double[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            int of = round;
            rounds[round] = starts.stream()
                    .mapToDouble(start -> start.perEvent().get(of))
                    .sorted()
                    .toArray();
        }
        return Arrays.stream(rounds)
                .map(round -> "%.1f".formatted(round[round.length / 2]))
                .toList()
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
