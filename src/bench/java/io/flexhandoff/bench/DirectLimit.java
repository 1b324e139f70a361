package io.flexhandoff.bench;

import java.util.List;

/** How fast the stand-in for Twilio takes the same messages with no product before it. */
record DirectLimit(double segmentsPerSecond, double roundTripMillis) {

    private static final int ROUND_TRIPS = 30;

    /** Every call at once, each call's messages one after the other: the order that the product has to keep, too. */
    static DirectLimit measure(Twilio twilio, int calls, int segments) {
        List<String> threads = Parallel.forEach(calls, calls, call -> twilio.openThread());
        long begin = System.nanoTime();
        Parallel.forEach(calls, calls, call -> {
            for (int sequence = 1; sequence <= segments; sequence++) {
                append(twilio, threads.get(call), new Spoken(call, sequence));
            }
            return null;
        });
        double perSecond = calls * segments / ((System.nanoTime() - begin) / 1e9);
        return new DirectLimit(perSecond, roundTrip(twilio));
    }

    /** The limit is what was possible at the better moment. */
    DirectLimit best(DirectLimit other) {
        return new DirectLimit(
                Math.max(segmentsPerSecond, other.segmentsPerSecond), Math.min(roundTripMillis, other.roundTripMillis));
    }

    private static double roundTrip(Twilio twilio) {
        Times times = new Times();
        String thread = twilio.openThread();
        for (int n = 1; n <= ROUND_TRIPS; n++) {
            Spoken spoken = new Spoken(0, n);
            times.take(() -> append(twilio, thread, spoken));
        }
        return times.percentile(0.5);
    }

    private static void append(Twilio twilio, String thread, Spoken spoken) {
        String attributes = Http.JSON
                .createObjectNode()
                .put("segmentId", "segment-" + spoken.sequence())
                .put("sequence", spoken.sequence())
                .put("speaker", spoken.speaker())
                .toString();
        twilio.append(thread, spoken.speaker(), spoken.text(), attributes);
    }
}
