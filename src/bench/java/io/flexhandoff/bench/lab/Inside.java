package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Http;
import io.flexhandoff.bench.load.Org;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the product's JVM says of itself.
 *
 * @param managementPort of its metrics
 * @param gcLog written by {@code -Xlog:gc}
 */
public record Inside(Http http, int managementPort, Path gcLog) {

    private static final Pattern AFTER_GC = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
    private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms");
    private static final Pattern DEPTH =
            Pattern.compile("(?m)^handoff_events_depth\\{[^}]*org=\"([^\"]+)\"[^}]*} ([-0-9.E+NaN]+)");

    /** Heap in use after the last garbage collection, MiB; NaN before the first. */
    double heapAfterGc() {
        double heap = Double.NaN;
        Matcher line = AFTER_GC.matcher(log());
        while (line.find()) {
            heap = Double.parseDouble(line.group(2));
        }
        return heap;
    }

    /** The longest pause of garbage collection so far, ms. */
    public double longestPause() {
        return PAUSE.matcher(log())
                .results()
                .mapToDouble(pause -> Double.parseDouble(pause.group(1)))
                .max()
                .orElse(0);
    }

    /** Events that wait or are in hand, as the product last counted them; NaN when it does not say. */
    double queueDepth(Org org) {
        Http.Answer metrics = http.ask(Http.Request.get(managementPort, "/actuator/prometheus", null));
        return DEPTH.matcher(metrics.body().toString())
                .results()
                .filter(series -> series.group(1).equals(org.name()))
                .mapToDouble(series -> Double.parseDouble(series.group(2)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private String log() {
        try {
            return Files.exists(gcLog) ? Files.readString(gcLog) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
