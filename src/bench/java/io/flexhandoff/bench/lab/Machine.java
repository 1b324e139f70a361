package io.flexhandoff.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** Where and when a run measures. */
final class Machine {

    private static final double KIB_PER_GIB = 1 << 20;

    private Machine() {}

    static String describe(Settings settings) throws IOException {
        Settings.Product product = settings.product();
        return "%s, %d cores%s%s, %s, JDK %s (server: %s %s), heap %s, ledger %s, broker %s"
                .formatted(
                        LocalDateTime.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        line(Path.of("/proc/cpuinfo"), "model name", " (", ")"),
                        memory(),
                        System.getProperty("os.name"),
                        System.getProperty("java.version"),
                        product.java(),
                        String.join(" ", product.jvm()),
                        product.heap(),
                        product.postgres() ? "PostgreSQL" : "H2",
                        product.artemis() ? "Artemis beside it" : "embedded");
    }

    private static String memory() throws IOException {
        String kib = line(Path.of("/proc/meminfo"), "MemTotal", "", "").replaceAll("\\D", "");
        return kib.isEmpty() ? "" : ", %d GiB".formatted(Math.round(Long.parseLong(kib) / KIB_PER_GIB));
    }

    private static String line(Path file, String name, String before, String after) throws IOException {
        if (Files.notExists(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> before + line.substring(line.indexOf(':') + 1).strip() + after)
                    .findFirst()
                    .orElse("");
        }
    }
}
