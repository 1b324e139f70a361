package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Times;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** What a run found: on the screen, tables also in {@code results.md}, distributions as pictures and files. */
public final class Results {

    private static final int SHOWN_PROBLEMS = 5;
    /** HdrHistogram's own steps of a percentile file, for each halving of the distance to 100 %. */
    private static final int TICKS = 5;

    private final Path folder;
    private boolean allWell = true;

    Results(Path folder) {
        this.folder = folder;
    }

    public boolean allWell() {
        return allWell;
    }

    /** A file of this name beside the results. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    public void say(String format, Object... values) {
        System.out.println(format.formatted(values));
    }

    /** What the findings that follow were found on. */
    void head(String text) {
        say("%s", text);
        write(folder.resolve("results.md"), "## " + text + "\n\n");
    }

    /** A finding that is to be kept. */
    public void table(String title, Table table) {
        String text = "### " + title + "\n\n" + table.text() + "\n";
        System.out.println("\n" + text);
        write(folder.resolve("results.md"), text + "\n");
    }

    /** Tells what went wrong in a load. */
    public void verify(String what, List<Round> rounds) {
        List<String> problems =
                rounds.stream().flatMap(round -> round.problems().stream()).toList();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> say("WRONG, %s: %s", what, problem));
        say(
                "%s: every segment in its thread once and in order, every call moved once: %s",
                what, problems.isEmpty() ? "yes" : "NO, " + problems.size() + " problems");
        allWell &= problems.isEmpty();
    }

    /** Draws distributions, {@code name.svg}, and keeps each as {@code name-series.hgrm}, times in ms. */
    public void distributions(String name, String title, Map<String, Times> series) {
        try {
            Files.writeString(folder.resolve(name + ".svg"), new Picture(title, series).svg());
            for (Map.Entry<String, Times> one : series.entrySet()) {
                Path file = folder.resolve(name + "-" + one.getKey() + ".hgrm");
                try (PrintStream out = new PrintStream(file.toFile())) {
                    one.getValue().histogram().outputPercentileDistribution(out, TICKS, 1000.0);
                }
            }
            say("Drawn: %s", folder.resolve(name + ".svg"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
