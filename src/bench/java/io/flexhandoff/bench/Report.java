package io.flexhandoff.bench;

/** The figures of a run beside the limits that the same run measured. */
record Report(Settings settings, DirectLimit limit, Run.Outcome outcome, long peakMemory, double cpuSeconds) {

    private static final String LINE = "%-40s %18s   %s%n";

    void print() {
        double segments = (double) settings.calls() * settings.segments();
        String pace = settings.paceMillis() == 0 ? "as fast as acknowledged" : "every " + settings.paceMillis() + " ms";
        System.out.printf(
                "%n%d calls at once x %d segments, %s; Twilio answers after %d ms; server heap %s%n%n",
                settings.calls(), settings.segments(), pace, settings.latencyMillis(), settings.heap());
        System.out.printf(LINE, "", "Flex Handoff", "limit");
        line("segments accepted, per second", "%.0f".formatted(outcome.acceptedPerSecond()), "");
        line(
                "segments appended to threads, per second",
                "%.0f".formatted(outcome.appendedPerSecond()),
                settings.paceMillis() == 0 ? directly() : "the pace");
        line("acknowledgement p50 / p99, ms", both(outcome.acknowledged()), "");
        line(
                "escalation to enqueue p50 / p99, ms",
                both(outcome.handedOff()),
                "%.0f, two round trips of %.1f".formatted(2 * limit.roundTripMillis(), limit.roundTripMillis()));
        line("server CPU per 1,000 segments, s", "%.2f".formatted(cpuSeconds * 1000 / segments), "handoffs included");
        line("server memory at its peak, MiB", Long.toString(peakMemory), "");
        System.out.println();
    }

    private String directly() {
        return "%.0f sent directly, so %.0f %% of it"
                .formatted(limit.segmentsPerSecond(), 100 * outcome.appendedPerSecond() / limit.segmentsPerSecond());
    }

    private static void line(String figure, String value, String limit) {
        System.out.printf(LINE, figure, value, limit);
    }

    private static String both(Times times) {
        return "%.0f / %.0f".formatted(times.percentile(0.5), times.percentile(0.99));
    }
}
