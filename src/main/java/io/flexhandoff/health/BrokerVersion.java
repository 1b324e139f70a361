package io.flexhandoff.health;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the Artemis that runs elsewhere is one that is safe to run: versions before {@value #SAFE} let strangers on their network take over
 * sessions, queues and cluster credentials (CVE-2026-27446, -57967, -49364, -67593).
 */
final class BrokerVersion {

    /** Of the group id org.apache.artemis; all of org.apache.activemq are older. */
    private static final String SAFE = "2.57.0";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerVersion.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private boolean asked;
    private String warning;

    synchronized Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    /** Asks once; a user that may not manage the broker is told nothing, and nothing is known then. */
    synchronized void ask(ConnectionFactory connections) {
        if (asked) {
            return;
        }
        asked = true;
        try (JMSContext jms = connections.createContext()) {
            TemporaryQueue answers = jms.createTemporaryQueue();
            Message question = jms.createMessage();
            JMSManagementHelper.putAttribute(question, "broker", "version");
            question.setJMSReplyTo(answers);
            jms.createProducer().send(jms.createQueue("activemq.management"), question);
            Message answer = jms.createConsumer(answers).receive(PATIENCE_MILLIS);
            if (answer != null && JMSManagementHelper.hasOperationSucceeded(answer)) {
                judge((String) JMSManagementHelper.getResult(answer, String.class));
            }
        } catch (JMSException | JMSRuntimeException e) {
            LOG.debug("The broker does not tell its version: {}", e.getMessage());
        } catch (Exception e) {
            LOG.debug("The broker's version cannot be read: {}", e.getMessage());
        }
    }

    private void judge(String version) {
        if (Version.parse(version).compareTo(Version.parse(SAFE)) < 0) {
            warning = "The broker is Artemis " + version + ": run " + SAFE + " or later, see SECURITY.md";
            LOG.warn(warning);
        }
    }
}
