package io.flexhandoff.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a process that cannot do its work any more and cannot be healed from inside: whoever started it starts it again. */
final class Ending {

    /** As {@code EX_IOERR} of sysexits.h. */
    static final int EXIT_CODE = 74;

    /** For what is in hand; closing what is broken may take for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private Ending() {}

    /** Ends the process, soon. @param why in words for an operator */
    static void of(String why) {
        if (!BEGUN.compareAndSet(false, true)) {
            return;
        }
        LOG.error(
                "{}. This process ends, with exit code {}: what was accepted is on the disk, and goes on when it is started again and can write"
                        + " there",
                why,
                EXIT_CODE);
        daemon(() -> System.exit(EXIT_CODE));
        daemon(() -> {
            try {
                Thread.sleep(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "ending");
        thread.setDaemon(true);
        thread.start();
    }
}
