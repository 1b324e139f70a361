package io.flexhandoff.late;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.late.TakenLetters.Held;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The dead letters on the broker's queue {@code handoff.dead}: seen, put back into the events queue, or removed. Bound as
 * {@code deadLetters}. Every method throws {@link jakarta.jms.JMSRuntimeException} or {@link JMSException} when the
 * broker does not answer.
 */
public final class DeadLetters {

    /** As many are listed at most: the newest. */
    public static final int LISTED = 1_000;

    private static final String DEAD = "handoff.dead";
    private static final String EVENTS = "handoff.events";

    /** How long the broker may look for a message behind many others; when it is over, another has taken it. */
    private static final long PATIENCE_MILLIS = 5_000;

    /** The labels that a replayed message keeps. */
    private static final List<String> KEPT =
            List.of("HandoffOrg", "HandoffCallSid", "HandoffKind", "HandoffEvent", "JMSXGroupID", "traceparent");

    private final ConnectionFactory connections;
    private final DeadLetterReader reader;

    public DeadLetters(ConnectionFactory connections, ObjectMapper json) {
        this.connections = connections;
        this.reader = new DeadLetterReader(json);
    }

    /** Those of an org, oldest first, the newest {@value #LISTED} at most. */
    public List<DeadLetter> list(String org) throws JMSException {
        return browse("HandoffOrg = " + quote(org));
    }

    /** Those of all orgs and those that could not be read, oldest first, the newest {@value #LISTED} at most. */
    public List<DeadLetter> all() throws JMSException {
        return browse(null);
    }

    /** What a dead letter says, which may be what a caller said; empty when there is none with this id. */
    public Optional<String> text(String id) throws JMSException {
        try (JMSContext jms = connections.createContext();
                QueueBrowser browser = jms.createBrowser(jms.createQueue(DEAD), one(id))) {
            var found = browser.getEnumeration();
            return found.hasMoreElements()
                    ? Optional.ofNullable(DeadLetterReader.text((Message) found.nextElement()))
                    : Optional.empty();
        }
    }

    /** Selects the dead letter with this id, whatever its org. */
    public String one(String id) {
        return "JMSMessageID = " + quote(DeadLetterReader.ID_PREFIX + id);
    }

    /** Selects the dead letter with this id, if it is the org's. */
    public String one(String org, String id) {
        return "HandoffOrg = " + quote(org) + " AND " + one(id);
    }

    /** Selects all dead letters of a call. */
    public String ofCall(String org, String callSid) {
        return "HandoffOrg = " + quote(org) + " AND HandoffCallSid = " + quote(callSid);
    }

    /**
     * Takes the selected dead letters off the queue, to be replayed, discarded, and in any case released.
     *
     * @return none when nothing is selected, or another has taken it
     */
    public TakenLetters take(String selector) throws JMSException {
        JMSContext transaction = connections.createContext(JMSContext.SESSION_TRANSACTED);
        try {
            Queue dead = transaction.createQueue(DEAD);
            int due = count(transaction, dead, selector);
            List<Held> held = new ArrayList<>();
            if (due > 0) {
                JMSConsumer consumer = transaction.createConsumer(dead, selector);
                Message next = null;
                while (held.size() < due && (next = consumer.receive(PATIENCE_MILLIS)) != null) {
                    held.add(new Held(reader.read(next), next));
                }
            }
            held.sort(Comparator.comparing(taken -> taken.letter().firstFailure()));
            return new TakenLetters(transaction, held);
        } catch (JMSException | RuntimeException e) {
            transaction.close();
            throw e;
        }
    }

    /**
     * Puts taken dead letters into the events queue, each in its call's group. Its tries are counted anew, but it is
     * known to have been tried, so that nothing is done twice.
     *
     * @return how many
     * @throws IllegalStateException for a message that is neither text nor bytes, which none of ours is
     */
    public int replay(TakenLetters taken) throws JMSException {
        JMSContext transaction = taken.transaction();
        Queue events = transaction.createQueue(EVENTS);
        for (Held held : taken.held()) {
            transaction.createProducer().send(events, again(transaction, held));
        }
        transaction.commit();
        return taken.held().size();
    }

    /**
     * Removes taken dead letters for good.
     *
     * @return how many
     */
    public int discard(TakenLetters taken) {
        taken.transaction().commit();
        return taken.held().size();
    }

    /** Ends the transaction: what was neither replayed nor discarded is a dead letter as before. */
    public void release(TakenLetters taken) {
        if (taken != null) {
            taken.transaction().close();
        }
    }

    private static TextMessage again(JMSContext transaction, Held held) throws JMSException {
        Message dead = held.message();
        String text = DeadLetterReader.text(dead);
        if (text == null) {
            throw new IllegalStateException("Dead letter " + held.letter().id() + " has no text to replay");
        }
        TextMessage message = transaction.createTextMessage(text);
        for (String property : KEPT) {
            String value = dead.getStringProperty(property);
            if (value != null) {
                message.setStringProperty(property, value);
            }
        }
        Delivery.of(dead).replayed().mark(message);
        // one of its own for each replay: the broker has seen the event's, and a dead letter is replayed once
        message.setStringProperty("_AMQ_DUPL_ID", "replay/" + held.letter().id());
        return message;
    }

    private List<DeadLetter> browse(String selector) throws JMSException {
        Deque<DeadLetter> newest = new ArrayDeque<>();
        try (JMSContext jms = connections.createContext();
                QueueBrowser browser = jms.createBrowser(jms.createQueue(DEAD), selector)) {
            var messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                if (newest.size() == LISTED) {
                    newest.removeFirst();
                }
                newest.addLast(reader.read((Message) messages.nextElement()));
            }
        }
        return List.copyOf(newest);
    }

    private static int count(JMSContext jms, Queue queue, String selector) throws JMSException {
        try (QueueBrowser browser = jms.createBrowser(queue, selector)) {
            int count = 0;
            for (var messages = browser.getEnumeration(); messages.hasMoreElements(); messages.nextElement()) {
                count++;
            }
            return count;
        }
    }

    private static String quote(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
