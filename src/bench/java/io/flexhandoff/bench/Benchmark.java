package io.flexhandoff.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Measures the product against its sandbox: load, server and sandbox each in a process of its own.
 *
 * <p>Ends with status 1 if a segment is missing, doubled or out of order, or a call has not exactly one task.
 */
public final class Benchmark {

    private final Settings settings = Settings.fromSystemProperties();
    private final Deque<Jvm> started = new ConcurrentLinkedDeque<>();

    public static void main(String[] args) throws Exception {
        System.exit(new Benchmark().run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Jvm::close)));
        Path runs = Files.createDirectories(Path.of("target", "bench").toAbsolutePath());
        Path directory = Files.createTempDirectory(runs, "run"); // readable by its owner only
        Properties org = org();
        String baseUrl = settings.baseUrl().isEmpty() ? startSandbox(directory, org) : settings.baseUrl();
        Twilio twilio = new Twilio(baseUrl, org);
        int port = Jvm.freePort();
        Api api = new Api("http://localhost:" + port + "/api/v1/orgs/bench", UnderTest.API_KEY);
        Jvm server = UnderTest.server(directory, settings, baseUrl, org, port);
        started.push(server);
        UnderTest.await(server, api::isUp);
        return measure(twilio, api, server);
    }

    private String startSandbox(Path directory, Properties org) throws IOException, InterruptedException {
        int port = Jvm.freePort();
        String baseUrl = "http://localhost:" + port + Twilio.SANDBOX;
        Jvm sandbox = UnderTest.sandbox(directory, port, settings.latencyMillis());
        started.push(sandbox);
        UnderTest.await(sandbox, new Twilio(baseUrl, org)::isUp);
        return baseUrl;
    }

    private boolean measure(Twilio twilio, Api api, Jvm server) {
        say("Warming up with %d calls", settings.warmUpCalls());
        if (settings.warmUpCalls() > 0) {
            Run.of(api, settings, placeCalls(twilio, settings.warmUpCalls()));
            DirectLimit.measure(twilio, settings.warmUpCalls(), settings.segments());
        }
        say("Sending %d messages directly", settings.calls() * settings.segments());
        DirectLimit before = DirectLimit.measure(twilio, settings.calls(), settings.segments());

        say("Sending as many segments through the server");
        List<String> calls = placeCalls(twilio, settings.calls());
        double cpu = server.cpuSeconds();
        Run.Outcome outcome = Run.of(api, settings, calls);
        double cpuSeconds = server.cpuSeconds() - cpu;

        say("Sending %d messages directly once more", settings.calls() * settings.segments());
        DirectLimit after = DirectLimit.measure(twilio, settings.calls(), settings.segments());
        new Report(settings, before.best(after), outcome, server.peakMemory(), cpuSeconds).print();

        List<String> problems = Verification.problems(twilio, api, calls, settings.segments());
        problems.stream().limit(10).forEach(problem -> say("WRONG: %s", problem));
        say(
                "Every segment in its thread exactly once and in order, one task a call: %s",
                problems.isEmpty() ? "yes" : "NO, " + problems.size() + " problems");
        return problems.isEmpty();
    }

    private static List<String> placeCalls(Twilio twilio, int count) {
        return Parallel.forEach(count, 32, call -> twilio.placeCall());
    }

    /** The settings of the org at Twilio's stand-in, named as under {@code handoff.orgs.<org>.*}. */
    private Properties org() throws IOException {
        if (settings.org().isEmpty()) {
            return UnderTest.sandboxOrg();
        }
        Properties org = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(settings.org()))) {
            org.load(reader);
        }
        return org;
    }

    private static void say(String format, Object... values) {
        System.out.println(format.formatted(values));
    }
}
