package io.flexhandoff.bench;

import java.nio.file.Path;

/**
 * What to measure, from the system properties {@code bench.*}.
 *
 * @param calls calls in the counted run, all of them at once
 * @param segments segments of a call
 * @param latencyMillis how long the sandbox takes for each answer
 * @param paceMillis wait between two segments of a call; 0 posts each as soon as the one before is acknowledged
 * @param warmUpCalls calls before the counted run
 * @param handoffsAtOnce escalations under way at once; every call's at any time when there is a pace
 * @param heap the server's heap, as {@code -Xmx} takes it
 * @param server executable jar of the server under test
 * @param baseUrl a stand-in for Twilio that runs already, or empty: start the sandbox
 * @param org file with the org's settings ({@code account-sid} …) at that stand-in, or empty: the sandbox's own
 */
record Settings(
        int calls,
        int segments,
        int latencyMillis,
        int paceMillis,
        int warmUpCalls,
        int handoffsAtOnce,
        String heap,
        Path server,
        String baseUrl,
        String org) {

    static Settings fromSystemProperties() {
        return new Settings(
                atLeast(1, "bench.calls"),
                atLeast(1, "bench.segments"),
                atLeast(0, "bench.latency"),
                atLeast(0, "bench.pace"),
                atLeast(0, "bench.warm-up"),
                atLeast(1, "bench.handoffs"),
                text("bench.heap"),
                Path.of(text("bench.server")),
                text("bench.base-url"),
                text("bench.org"));
    }

    private static int atLeast(int least, String property) {
        int value = Integer.parseInt(text(property));
        if (value < least) {
            throw new IllegalArgumentException(property + " is " + value + ", it must be at least " + least);
        }
        return value;
    }

    private static String text(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalArgumentException("The system property " + property + " is not set");
        }
        return value.strip();
    }
}
