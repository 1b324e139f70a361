package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Round;
import io.flexhandoff.bench.load.Times;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Several rounds of the same. */
record Summary(List<Round> rounds) {

    double median(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    double least(ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).min().orElseThrow();
    }

    double most(ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).max().orElseThrow();
    }

    Times acknowledged() {
        return all(round -> round.tally().segmentsAcknowledged);
    }

    Times enqueued() {
        return all(Round::enqueued);
    }

    private Times all(Function<Round, Times> times) {
        Times all = new Times();
        rounds.forEach(round -> all.addAll(times.apply(round)));
        return all;
    }
}
