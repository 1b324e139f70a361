package io.flexhandoff.broker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.utils.ActiveMQThreadFactory;

/**
 * Artemis in this process. Its journal has few threads that take their work off a queue: each of those that Artemis 2.40 makes by itself
 * waits for work that is handed to it in person, spins meanwhile, and takes longer to wake.
 */
final class BrokerProcess extends EmbeddedActiveMQ {

    private static final int JOURNAL_THREADS = 2;

    private final ExecutorService journalThreads = Executors.newFixedThreadPool(
            JOURNAL_THREADS, new ActiveMQThreadFactory("broker-journal", true, BrokerProcess.class.getClassLoader()));

    BrokerProcess(Configuration configuration) {
        setConfiguration(configuration);
    }

    @Override
    public void createActiveMQServer() {
        ServiceRegistryImpl services = new ServiceRegistryImpl();
        services.setIOExecutorService(journalThreads);
        activeMQServer = new ActiveMQServerImpl(configuration, null, new ActiveMQJAASSecurityManager(), null, services);
    }

    @Override
    public EmbeddedActiveMQ stop() throws Exception {
        try {
            return super.stop();
        } finally {
            journalThreads.shutdown();
        }
    }
}
