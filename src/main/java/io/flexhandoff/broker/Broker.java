package io.flexhandoff.broker;

import io.flexhandoff.trace.FailureWords;
import jakarta.jms.ConnectionFactory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * The message broker: Artemis inside this process with its journal on disk, or the one that {@code handoff.broker.url}
 * names. Queues, groups and duplicate detection are set in {@code config/broker.xml} for both.
 */
public final class Broker implements AutoCloseable {

    private static final long MEGABYTE = 1 << 20;

    /** Bytes that the broker sends a consumer ahead: what waits there is still overtaken by what has priority. */
    private static final int LISTENER_WINDOW = 1 << 18;

    /** Bytes that may be on their way to the broker's disk at once. */
    private static final int CONFIRMATION_WINDOW = 1 << 20;

    /** Artemis' client tells them with the address. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("[?&;](user|password)=|//[^/?;,]*@", Pattern.CASE_INSENSITIVE);

    /** Threads of Artemis' clients in this process: more than can wait for room at once, few enough not to wake each other up. */
    private static final int CLIENT_THREADS = 8;

    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    static {
        ActiveMQClient.setGlobalThreadPoolProperties(
                CLIENT_THREADS,
                ActiveMQClient.DEFAULT_SCHEDULED_THREAD_POOL_MAX_SIZE,
                ActiveMQClient.DEFAULT_FLOW_CONTROL_THREAD_POOL_MAX_SIZE);
    }

    private final EmbeddedActiveMQ server;
    private final ActiveMQConnectionFactory consumers;
    private final ActiveMQConnectionFactory listeners;
    private final ActiveMQConnectionFactory confirmed;
    private final JmsPoolConnectionFactory producers;
    private final EventSender sender;

    private Broker(EmbeddedActiveMQ server, Supplier<ActiveMQConnectionFactory> made, int producerConnections) {
        Supplier<ActiveMQConnectionFactory> factories = () -> withoutObjects(made.get());
        ActiveMQConnectionFactory connections = factories.get();
        this.server = server;
        this.consumers = connections;
        // Artemis 2.40: with anything sent ahead a browser ends where that does, and the newest dead letters would not
        // be shown
        this.consumers.setConsumerWindowSize(0);
        this.listeners = factories.get();
        this.listeners.setConsumerWindowSize(LISTENER_WINDOW);
        this.confirmed = factories.get();
        this.confirmed.setConfirmationWindowSize(CONFIRMATION_WINDOW);
        this.sender = new EventSender(confirmed);
        this.producers = new JmsPoolConnectionFactory();
        this.producers.setConnectionFactory(connections);
        this.producers.setMaxConnections(producerConnections);
    }

    /**
     * Starts a broker in this process.
     *
     * @param configuration broker.xml
     * @param journal folder of the journal; one process at a time can own it
     * @throws IllegalStateException naming the setting, if the journal cannot be written or another process owns it
     */
    public static Broker embedded(InputStream configuration, Path journal, int producerConnections) throws Exception {
        Configuration config = new FileConfigurationParser().parseMainConfig(configuration);
        config.setJournalDirectory(journal.resolve("journal").toString());
        config.setBindingsDirectory(journal.resolve("bindings").toString());
        config.setLargeMessagesDirectory(journal.resolve("large-messages").toString());
        config.setPagingDirectory(journal.resolve("paging").toString());
        config.setNodeManagerLockDirectory(journal.resolve("journal").toString());
        String url = "vm://" + EMBEDDED.getAndIncrement();
        config.addAcceptorConfiguration("in-vm", url);

        EmbeddedActiveMQ server = new BrokerProcess(config);
        server.start();
        if (!server.getActiveMQServer()
                .waitForActivation(config.getJournalLockAcquisitionTimeout(), TimeUnit.MILLISECONDS)) {
            server.stop();
            throw new IllegalStateException("handoff.data-dir: the broker's journal in " + journal
                    + " cannot be opened, see the broker's words above; its disk has "
                    + Files.getFileStore(journal).getUsableSpace() / MEGABYTE + " MB left");
        }
        return new Broker(server, () -> new ActiveMQConnectionFactory(url), producerConnections);
    }

    /**
     * Connects, as soon as there is something to do, to a broker that runs elsewhere.
     *
     * @throws IllegalArgumentException naming the setting, when the URL is none, or has a user or a password in it
     */
    public static Broker external(String url, String user, String password, int producerConnections) {
        if (CREDENTIALS.matcher(url).find()) {
            throw new IllegalArgumentException("handoff.broker.url must not have a user or a password in it:"
                    + " handoff.broker.user and handoff.broker.password are for them");
        }
        try {
            return new Broker(null, () -> new ActiveMQConnectionFactory(url, user, password), producerConnections);
        } catch (RuntimeException e) {
            // the URL may hold a password: its words are not passed on
            throw new IllegalArgumentException(
                    "handoff.broker.url is not the address of a broker, such as tcp://artemis:61616");
        }
    }

    /** Whoever may write to a queue must not choose what classes are loaded here: no object is read off a message. */
    private static ActiveMQConnectionFactory withoutObjects(ActiveMQConnectionFactory factory) {
        factory.setDeserializationDenyList("*");
        return factory;
    }

    /**
     * The broker of this process has ended itself, and only a new process gets it going again: its journal could not be written or opened, say because
     * the disk is full, has become read-only, or no file can be opened any more. What it has confirmed is on the disk.
     *
     * @param told gets why, once
     */
    public void whenLost(Consumer<String> told) {
        if (server != null) {
            server.getActiveMQServer().registerIOCriticalErrorListener((cause, message, file) -> {
                sender.lose();
                told.accept(
                        "The broker's journal in handoff.data-dir cannot be used any more: " + FailureWords.of(cause));
            });
        }
    }

    /** Whether it runs in this process. */
    public boolean isEmbedded() {
        return server != null;
    }

    /** Connections that are not pooled. */
    public ConnectionFactory consumers() {
        return consumers;
    }

    /** Connections for those who take events as they come, of which the broker sends few ahead. */
    public ConnectionFactory listeners() {
        return listeners;
    }

    /** Pooled connections for producers. */
    public ConnectionFactory producers() {
        return producers;
    }

    /** Sends what must be durable. */
    public EventSender sender() {
        return sender;
    }

    @Override
    public void close() {
        sender.close();
        producers.stop();
        confirmed.close();
        consumers.close();
        listeners.close();
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("The broker did not stop", e);
            }
        }
    }
}
