package io.flexhandoff.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** What a runtime has opened, and closes again, the last first; what does not close does not keep the rest from it. */
final class Opened implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Logger log;
    private final Level level;

    /** @param level at which the log is told of a part that did not close */
    Opened(Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.atLevel(level)
                        .setCause(e)
                        .log("{} did not close", part.getClass().getSimpleName());
            }
        }
    }
}
