package io.flexhandoff.health;

import io.flexhandoff.trace.FailureWords;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the broker takes events: a message is sent to the events queue and taken back before anybody sees it. A broker whose disk is full
 * lets senders wait without a word once they have used up what it granted them before: a new connection has nothing left to use, and shows it at
 * once.
 */
public final class BrokerCheck implements HealthCheck {

    private final ConnectionFactory connections;
    private final Duration patience;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "broker-check");
        thread.setDaemon(true);
        return thread;
    });
    private final BrokerVersion version = new BrokerVersion();
    private final boolean embedded;
    private Future<?> sending;

    /**
     * @param connections not pooled
     * @param patience how long the broker may take
     * @param embedded whether nobody else reaches it, whatever its version
     */
    public BrokerCheck(ConnectionFactory connections, Duration patience, boolean embedded) {
        this.embedded = embedded;
        this.connections = connections;
        this.patience = patience;
    }

    @Override
    public String part() {
        return "broker";
    }

    @Override
    public synchronized Optional<String> trouble() {
        if (sending == null) {
            sending = sender.submit(this::sendAndTakeBack);
        }
        try {
            sending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            sending = null;
            return Optional.empty();
        } catch (TimeoutException e) {
            // one that waits is enough: it goes on when the broker does
            return Optional.of("The broker takes no event within " + patience.toMillis()
                    + " ms: its disk is full (max-disk-usage), its memory is, or it does not answer");
        } catch (ExecutionException e) {
            sending = null;
            return Optional.of("The broker cannot be used: " + FailureWords.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The broker was not asked: this process is stopping");
        }
    }

    @Override
    public Optional<String> warning() {
        return version.warning();
    }

    private void sendAndTakeBack() {
        try (JMSContext transaction = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
            transaction
                    .createProducer()
                    .send(transaction.createQueue("handoff.events"), transaction.createTextMessage("Are you there?"));
            transaction.rollback();
        }
        if (!embedded) {
            version.ask(connections);
        }
    }
}
