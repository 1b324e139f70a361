package io.flexhandoff.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Says what a command is waiting for, once that takes more than a second. */
final class Progress implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1_000;

    private final PrintWriter err;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(PrintWriter err) {
        this.err = err;
    }

    /** @param words such as {@code Reading the Twilio account of acme} */
    <T> T during(String words, Callable<T> work) throws Exception {
        ScheduledFuture<?> line =
                timer.schedule(() -> err.println(words + " ..."), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return work.call();
        } finally {
            line.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
