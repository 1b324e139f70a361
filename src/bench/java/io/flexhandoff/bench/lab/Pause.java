package io.flexhandoff.bench.lab;

import java.util.concurrent.TimeUnit;

/** Waiting, where nothing tells that it is over. */
public final class Pause {

    private Pause() {}

    public static void millis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
