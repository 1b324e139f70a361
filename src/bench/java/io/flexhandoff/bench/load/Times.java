package io.flexhandoff.bench.load;

import org.HdrHistogram.Histogram;

/** A distribution of times, kept in microseconds to three digits. Used by one thread. */
public final class Times {

    private final Histogram histogram = new Histogram(3);

    public void add(long micros) {
        histogram.recordValue(Math.max(0, micros));
    }

    public void addAll(Times others) {
        histogram.add(others.histogram);
    }

    public boolean isEmpty() {
        return histogram.getTotalCount() == 0;
    }

    /** Milliseconds that so many of hundred kept; NaN when nothing was timed. */
    public double millis(double percentile) {
        return isEmpty() ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1000.0;
    }

    /** In microseconds. */
    public Histogram histogram() {
        return histogram;
    }
}
