package io.flexhandoff.bench.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to measure, from the system properties {@code bench.*}; src/bench/README.md says what each means.
 *
 * @param scenarios names of scenarios, in the order in which they run
 * @param systems names of systems under test, in the order in which they run
 * @param calls calls of a round of the closed loop
 * @param segments segments of a call there
 * @param atOnce calls under way at once there
 * @param latencyMillis how long Twilio's stand-in takes for each answer
 * @param warmUpEvents events before the first counted round
 * @param rounds counted rounds
 * @param rate of an open loop, segments a second; empty for the scenario's own
 * @param live live calls of an open loop; empty for the scenario's own
 * @param seconds duration of an open loop; empty for the scenario's own
 * @param functions which benchmarks of functions run, a regular expression
 */
public record Settings(
        List<String> scenarios,
        List<String> systems,
        int calls,
        int segments,
        int atOnce,
        int latencyMillis,
        int warmUpEvents,
        int rounds,
        OptionalDouble rate,
        OptionalInt live,
        OptionalInt seconds,
        String functions,
        Product product,
        Path express) {

    /**
     * How the product runs.
     *
     * @param newBuild executable jar that was just built
     * @param oldBuild executable jar of another build, or empty
     * @param java its {@code java}
     * @param heap as {@code -Xmx} takes it
     * @param jvm further options of its JVM
     * @param settings settings of its own, by name
     * @param postgres whether its ledger is a PostgreSQL, not the embedded H2
     * @param artemis whether its broker is a process of its own
     * @param recentTurns whether an escalation repeats the call's last turn
     * @param recorded whether Flight Recorder looks on
     */
    public record Product(
            Path newBuild,
            String oldBuild,
            String java,
            String heap,
            List<String> jvm,
            Map<String, String> settings,
            boolean postgres,
            boolean artemis,
            boolean recentTurns,
            boolean recorded) {

        private static Product fromSystemProperties() {
            return new Product(
                    Path.of(text("bench.build")),
                    text("bench.server"),
                    text("bench.java"),
                    text("bench.heap"),
                    list("bench.jvm", " "),
                    list("bench.set", ";").stream()
                            .map(setting -> setting.split("=", 2))
                            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])),
                    oneOf("bench.ledger", "h2", "postgres").equals("postgres"),
                    oneOf("bench.broker", "embedded", "artemis").equals("artemis"),
                    Boolean.parseBoolean(text("bench.recent-turns")),
                    Boolean.parseBoolean(text("bench.jfr")));
        }
    }

    /** @throws IllegalArgumentException naming the property that makes no sense */
    public static Settings fromSystemProperties() {
        String rate = text("bench.rate");
        return new Settings(
                list("bench.scenario", ","),
                list("bench.systems", ","),
                atLeast(1, "bench.calls"),
                atLeast(1, "bench.segments"),
                atLeast(1, "bench.at-once"),
                atLeast(0, "bench.latency"),
                atLeast(0, "bench.warm-up"),
                atLeast(1, "bench.rounds"),
                rate.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(rate)),
                maybe("bench.live"),
                maybe("bench.seconds"),
                text("bench.functions"),
                Product.fromSystemProperties(),
                Path.of(text("bench.express")));
    }

    int eventsOfRound() {
        return calls * (segments + 1);
    }

    private static OptionalInt maybe(String property) {
        return text(property).isEmpty() ? OptionalInt.empty() : OptionalInt.of(atLeast(1, property));
    }

    private static int atLeast(int least, String property) {
        int value = Integer.parseInt(text(property));
        if (value < least) {
            throw new IllegalArgumentException(property + " is " + value + ", it must be at least " + least);
        }
        return value;
    }

    private static String oneOf(String property, String... known) {
        String value = text(property);
        if (!List.of(known).contains(value)) {
            throw new IllegalArgumentException(property + " is " + value + ", it must be one of " + List.of(known));
        }
        return value;
    }

    private static List<String> list(String property, String separator) {
        return Stream.of(text(property).split(separator))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static String text(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalArgumentException("The system property " + property + " is not set");
        }
        return value.strip();
    }
}
