package io.flexhandoff.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies in the broker's queues, by org: asked of Artemis' management, which counts where the messages are. A broker that runs
 * elsewhere has to give the user {@code manage} on {@code activemq.management}; without it these gauges are {@code NaN}. The values are
 * the broker's, so every node shows the same. Bound as {@code queueMetrics}.
 */
public final class QueueMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(QueueMetrics.class);

    private static final String EVENTS = ResourceNames.QUEUE + "handoff.events";
    private static final String DEAD = ResourceNames.QUEUE + "handoff.dead";
    private static final String BY_ORG = "HandoffOrg";
    private static final long PATIENCE_MILLIS = 5_000;

    private final ConnectionFactory connections;
    private final ObjectMapper json;
    private final OrgGauges depth;
    private final OrgGauges dead;
    private JMSContext jms;
    private TemporaryQueue answers;
    private JMSConsumer inbox;

    public QueueMetrics(MeterRegistry meters, OrgTag orgs, ConnectionFactory connections, ObjectMapper json) {
        this.connections = connections;
        this.json = json;
        depth = new OrgGauges(
                meters,
                orgs,
                "handoff.events.depth",
                null,
                "Events that wait to be handled or are being handled; not those that are parked. The same on every node");
        dead = new OrgGauges(
                meters,
                orgs,
                "handoff.dead",
                null,
                "Dead letters, kept until an operator replays or discards them. The same on every node");
    }

    /**
     * Looks into the queues.
     *
     * @throws Exception when the broker does not answer, or refuses to; nothing is known then
     */
    public synchronized void look() throws Exception {
        try {
            if (jms == null) {
                jms = connections.createContext();
                answers = jms.createTemporaryQueue();
                inbox = jms.createConsumer(answers);
            }
            Map<String, Long> events = counted(EVENTS, "countMessages");
            counted(EVENTS, "countDeliveringMessages").forEach((org, count) -> events.merge(org, count, Long::sum));
            depth.set(events);
            dead.set(counted(DEAD, "countMessages"));
        } catch (Exception e) {
            depth.forget();
            dead.forget();
            leave();
            throw e;
        }
    }

    private Map<String, Long> counted(String queue, String operation) throws Exception {
        Message question = jms.createMessage();
        JMSManagementHelper.putOperationInvocation(question, queue, operation, null, BY_ORG);
        question.setJMSReplyTo(answers);
        jms.createProducer().send(jms.createQueue("activemq.management"), question);
        Message answer = inbox.receive(PATIENCE_MILLIS);
        if (answer == null || !JMSManagementHelper.hasOperationSucceeded(answer)) {
            throw new IllegalStateException("the broker does not say what is in " + queue);
        }
        return read((String) JMSManagementHelper.getResult(answer, String.class));
    }

    /** Leaves the broker; another look connects again. */
    private void leave() {
        if (jms != null) {
            try {
                jms.close();
            } catch (JMSRuntimeException e) {
                LOG.debug("The connection to the broker is gone already", e);
            }
            jms = null;
        }
    }

    private Map<String, Long> read(String answer) throws Exception {
        Map<String, Long> counts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.readTree(answer).properties()) {
            counts.put(entry.getKey(), entry.getValue().longValue());
        }
        return counts;
    }
}
