package io.flexhandoff.bench.scenario;

import io.flexhandoff.bench.lab.Lab;
import io.flexhandoff.bench.lab.Table;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** JMH on the functions that run for each event: time and memory of one call. */
final class Functions implements Scenario {

    private static final int ITERATIONS = 5;

    @Override
    public void run(Lab lab) throws Exception {
        Options options = new OptionsBuilder()
                .include("io\\.flexhandoff\\.bench\\.functions\\..*("
                        + lab.settings().functions() + ")")
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler("gc")
                .resultFormat(ResultFormatType.JSON)
                .result(lab.results().file("functions.json").toString())
                .build();
        Collection<RunResult> results = new Runner(options).run();
        Table table = new Table("", "µs a call", "bytes a call");
        for (RunResult result : results) {
            table.row(
                    result.getParams().getBenchmark().replaceFirst(".*\\.functions\\.", ""),
                    Table.number(result.getPrimaryResult().getScore(), 2),
                    Table.number(
                            result.getSecondaryResults()
                                    .get("gc.alloc.rate.norm")
                                    .getScore(),
                            0));
        }
        lab.results().table("Functions of the hot path (JMH)", table);
    }
}
