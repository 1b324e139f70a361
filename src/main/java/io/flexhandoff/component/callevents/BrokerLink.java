package io.flexhandoff.component.callevents;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection by which events come, opened anew when it is lost for as long as it is wanted. Connections are opened and left one after
 * the other, on the timer's thread.
 */
final class BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

    static final Duration RECONNECT = Duration.ofSeconds(1);

    private final CallEventsEndpoint endpoint;
    private final ScheduledExecutorService timer;
    private final BiConsumer<Session, Message> listener;
    private final Runnable forget;
    private volatile Connection connection;
    private volatile boolean wanted;

    /**
     * @param listener takes each message, on a thread of its session
     * @param forget run when a connection is left: the broker delivers again what is not being handled
     */
    BrokerLink(
            CallEventsEndpoint endpoint,
            ScheduledExecutorService timer,
            BiConsumer<Session, Message> listener,
            Runnable forget) {
        this.endpoint = endpoint;
        this.timer = timer;
        this.listener = listener;
        this.forget = forget;
    }

    /** The one that is open, {@code null} when none is. */
    Connection connection() {
        return connection;
    }

    /** Whether one is to be open; a lost one is opened again while it is. */
    void want(boolean whether) {
        wanted = whether;
    }

    void open() {
        timer.execute(this::connect);
    }

    void resume() throws JMSException {
        Connection current = connection;
        if (current != null) {
            current.start();
        }
        open();
    }

    /** Nothing comes any more, and what came may still be acknowledged. @return leaves the connection, unless it is wanted again */
    Runnable stop() {
        Connection current = connection;
        if (current != null) {
            try {
                current.stop();
            } catch (JMSException e) {
                LOG.debug("The connection to the broker is gone already", e);
            }
        }
        return () -> timer.execute(() -> {
            if (!wanted) {
                leave(current);
            }
        });
    }

    void leave() {
        leave(connection);
    }

    /** Runs it a moment later, unless all is over. */
    void again(Runnable task) {
        if (!timer.isShutdown()) {
            timer.schedule(task, RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void connect() {
        if (!wanted || connection != null) {
            return;
        }
        Connection opened = null;
        try {
            opened = endpoint.getComponent().getBroker().listeners().createConnection();
            Connection mine = opened;
            opened.setExceptionListener(failure -> timer.execute(() -> lost(mine, failure)));
            for (int i = 0; i < endpoint.getConsumers(); i++) {
                Session session = opened.createSession(false, ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
                session.createConsumer(session.createQueue(endpoint.getQueue()))
                        .setMessageListener(message -> listener.accept(session, message));
            }
            connection = opened;
            opened.start();
        } catch (JMSException | RuntimeException e) {
            LOG.warn("The broker cannot be reached, again in {} s: {}", RECONNECT.toSeconds(), e.getMessage());
            connection = null;
            close(opened);
            again(this::connect);
        }
    }

    private void lost(Connection which, Exception failure) {
        if (which == connection) {
            LOG.warn("The connection to the broker is lost: {}", failure.getMessage());
            leave(which);
            connect();
        }
    }

    private void leave(Connection which) {
        connection = null;
        forget.run(); // a listener may wait for room
        close(which);
        forget.run();
    }

    private static void close(Connection which) {
        if (which != null) {
            try {
                which.close();
            } catch (JMSException | RuntimeException e) {
                LOG.debug("The connection to the broker is gone already", e);
            }
        }
    }
}
