package io.flexhandoff.bench;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Settings;
import io.flexhandoff.bench.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Measures the product beside what else could do its work: see src/bench/README.md.
 *
 * <p>Ends with status 1 if anything was lost, doubled or out of order.
 */
public final class Benchmark {

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.fromSystemProperties();
        Map<String, Scenario> known = Scenario.all();
        for (String name : settings.scenarios()) {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("bench.scenario: " + name + " is none of " + known.keySet());
            }
        }
        boolean allWell;
        try (Lab lab = new Lab(
                settings, Files.createDirectories(Path.of("target", "bench").toAbsolutePath()))) {
            for (String name : settings.scenarios()) {
                known.get(name).run(lab);
            }
            allWell = lab.results().allWell();
        }
        System.exit(allWell ? 0 : 1);
    }
}
