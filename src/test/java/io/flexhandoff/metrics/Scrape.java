package io.flexhandoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus would read from the management port. */
final class Scrape {

    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;
    private final List<Sample> samples;

    private Scrape(String text) {
        this.text = text;
        this.samples = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(Scrape::sample)
                .toList();
    }

    record Sample(String name, Map<String, String> labels, double value) {}

    static Scrape of(int managementPort) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + managementPort + "/actuator/prometheus"))
                    .header("Accept", "text/plain;version=0.0.4")
                    .build();
            return new Scrape(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Sample sample(Matcher line) {
        Map<String, String> labels = new TreeMap<>();
        if (line.group("labels") != null) {
            LABEL.matcher(line.group("labels"))
                    .results()
                    .forEach((MatchResult label) -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(
                line.group("name"),
                labels,
                Double.parseDouble(line.group("value").replace("Inf", "Infinity")));
    }

    /** The labels of a metric's samples. */
    Set<String> labels(String name) {
        List<Sample> found = named(name);
        assertThat(found).as("samples of " + name).isNotEmpty();
        return found.get(0).labels().keySet();
    }

    /** The values that a label of a metric's samples has. */
    Set<String> values(String name, String label) {
        return named(name).stream().map(sample -> sample.labels().get(label)).collect(Collectors.toSet());
    }

    private List<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    String text() {
        return text;
    }

    /**
     * Sum of the samples of that name whose labels have these values; {@code NaN} when there is none.
     *
     * @param labels name, value, name, value …
     */
    double value(String name, String... labels) {
        double[] found = samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(Sample::value)
                .toArray();
        return found.length == 0 ? Double.NaN : Arrays.stream(found).sum();
    }
}
