package io.flexhandoff.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps the embedded broker's warning of an event that came again, a page of text each, out of the log: senders repeat themselves, as they
 * shall, and such an event is dropped.
 */
final class RepeatedEvents extends TurboFilter {

    private static final String BROKER = "org.apache.activemq.artemis.core.server";
    private static final String CODE = "AMQ222059";

    private RepeatedEvents() {}

    /** Once for the JVM, when its log is Logback's. */
    static void leaveOut() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log
                && log.getTurboFilterList().stream().noneMatch(RepeatedEvents.class::isInstance)) {
            log.addTurboFilter(new RepeatedEvents());
        }
    }

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
        return format != null && format.startsWith(CODE) && BROKER.equals(logger.getName())
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
