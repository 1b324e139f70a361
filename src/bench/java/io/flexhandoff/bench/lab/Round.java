package io.flexhandoff.bench.lab;

import io.flexhandoff.bench.load.Tally;
import io.flexhandoff.bench.load.Times;
import java.util.List;

/**
 * What a load showed.
 *
 * @param tally what was sent, and what its senders saw
 * @param seconds from the first request until Twilio has answered the last segment
 * @param span from the first request until all is done and nothing happens any more, seconds
 * @param cpu in that span
 * @param appended from the moment in which a segment was to be sent until Twilio has answered its message
 * @param enqueued from the moment in which an escalation was to be sent until Twilio has answered the redirect
 * @param slices the same, by when it was to be sent
 * @param late segments that were marked as late
 * @param problems what was lost, doubled, out of order or answered otherwise; empty if all is well
 */
public record Round(
        Tally tally,
        double seconds,
        double span,
        Cpu cpu,
        Times appended,
        Times enqueued,
        List<Slice> slices,
        int late,
        List<String> problems) {

    /** A part of the time. */
    public record Slice(Times appended, Times enqueued) {

        Slice() {
            this(new Times(), new Times());
        }
    }

    /** Segments and escalations. */
    public int events() {
        return tally.segments() + tally.escalations();
    }

    public double segmentsPerSecond() {
        return tally.segments() / seconds;
    }

    /** Milliseconds of the system under test. */
    public double cpuPerEvent() {
        return cpu.server() * 1000 / events();
    }

    /** Cores that others on the machine kept busy, on average. */
    public double disturbed() {
        return cpu.others() / span;
    }
}
