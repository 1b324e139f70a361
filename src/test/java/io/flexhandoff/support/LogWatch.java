package io.flexhandoff.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Reads what is logged as a warning or an error, from when it is made until it is closed. */
public final class LogWatch implements AutoCloseable {

    /**
     * What an operator expects while Twilio fails: an event that is tried again, a thread that follows after the transfer, a recording that
     * is not linked, a task of which TaskRouter does not say why nobody took it, an event that the broker has had before (AMQ222059). On a busy
     * machine the ledger may take longer than an answer waits.
     */
    private static final Pattern EXPLAINED =
            Pattern.compile("(?s)org\\.apache\\.activemq\\.artemis\\.core\\.server AMQ222059: .*"
                    + "|io\\.flexhandoff\\.late .* failed \\(try \\d+\\): .*; next try .*"
                    + "|io\\.flexhandoff\\.handoff .*: the thread is not reached, the transcript follows after the transfer: .*"
                    + "|io\\.flexhandoff\\.flex .*: handed over without a link to its recording: .*"
                    + "|io\\.flexhandoff\\.handoff .*: why nobody took WT\\w+ is not known"
                    + "|io\\.flexhandoff\\.ledger .*: goes on without the ledger, circuit .*"
                    + "|io\\.flexhandoff\\.door .*: answered without the ledger, circuit .*");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    };

    public LogWatch() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** All warnings and errors. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Warnings and errors that no fault of Twilio explains. */
    public List<String> unexplained() {
        return lines.stream().filter(line -> !EXPLAINED.matcher(line).matches()).toList();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
    }
}
