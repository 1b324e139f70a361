package io.flexhandoff.broker;

import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages for everybody, in the order in which they come, without waiting for the disk between two of them: what comes
 * while the broker writes is written together.
 *
 * <p>A broker whose disk or memory is full lets its senders wait for ever, and no setting of its client ends that: so others
 * wait for it, as long as they want to. A message of somebody who has given up is not sent any more, unless it is at it.
 */
public final class EventSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);

    /** Makes a message, on the sender's thread. */
    @FunctionalInterface
    public interface MessageMaker {
        Message make(Session session) throws JMSException;
    }

    private final ConnectionFactory connections;
    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Map<String, MessageProducer> producers = new HashMap<>();
    private final Thread thread = new Thread(this::work, "event-sender");
    private final Collection<Letter> onTheirWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean broken;
    private volatile JMSException lost;
    private Connection connection;
    private Session session;

    /** @param connections that tell when a message is on the broker's disk */
    EventSender(ConnectionFactory connections) {
        this.connections = connections;
        thread.setDaemon(true);
        thread.start();
    }

    /** @return completed when the message is durable; canceled: not sent, unless it is on its way already */
    public CompletableFuture<Void> send(String queue, int priority, MessageMaker message) {
        Letter letter = new Letter(queue, priority, message);
        letters.add(letter);
        if (closed || lost != null) {
            letter.onException(null, lost == null ? new JMSException("The broker's connection is closed") : lost);
        }
        return letter.durable;
    }

    /**
     * From now on no message counts as durable, whatever the broker says. Artemis 2.40 whose journal has refused one write counts the writes that
     * succeed after it, and confirms as many messages, that of the refused write first; and it drops what it has not kept as a duplicate when it
     * is sent again.
     */
    void lose() {
        JMSException failure = new JMSException("The broker has lost its journal");
        lost = failure;
        onTheirWay.forEach(letter -> letter.onException(null, failure));
    }

    private void work() {
        while (!closed) {
            try {
                Letter letter = letters.take();
                if (!letter.durable.isDone()) {
                    send(letter);
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
        letters.forEach(letter -> letter.onException(null, new JMSException("The broker's connection is closed")));
        leave();
    }

    private void send(Letter letter) {
        try {
            if (broken) {
                leave();
            }
            if (connection == null) {
                connect();
            }
            MessageProducer producer = producers.get(letter.queue);
            if (producer == null) {
                producer = session.createProducer(session.createQueue(letter.queue));
                producers.put(letter.queue, producer);
            }
            Message message = letter.message.make(session);
            onTheirWay.add(letter);
            producer.send(message, DeliveryMode.PERSISTENT, letter.priority, 0, letter);
        } catch (JMSException | RuntimeException e) {
            letter.onException(null, e);
            leave();
        }
    }

    private void connect() throws JMSException {
        broken = false;
        connection = connections.createConnection();
        connection.setExceptionListener(failure -> broken = true);
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private void leave() {
        producers.clear();
        if (connection != null) {
            try {
                connection.close();
            } catch (JMSException | RuntimeException e) {
                LOG.debug("The connection to the broker is gone already", e);
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** A message, and those who wait for it. */
    private final class Letter implements CompletionListener {
        private final String queue;
        private final int priority;
        private final MessageMaker message;
        private final CompletableFuture<Void> durable = new CompletableFuture<>();

        private Letter(String queue, int priority, MessageMaker message) {
            this.queue = queue;
            this.priority = priority;
            this.message = message;
        }

        @Override
        public void onCompletion(Message sent) {
            onTheirWay.remove(this);
            if (lost == null) {
                durable.complete(null);
            } else {
                durable.completeExceptionally(lost);
            }
        }

        @Override
        public void onException(Message sent, Exception failure) {
            onTheirWay.remove(this);
            durable.completeExceptionally(failure);
        }
    }
}
