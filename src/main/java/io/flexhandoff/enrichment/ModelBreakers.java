package io.flexhandoff.enrichment;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker for each org's language model, named {@code model/<org>}: no caller waits for a model that fails, or
 * that nearly always is too late. Bound as {@code modelBreakers}.
 */
public final class ModelBreakers {

    private static final Logger LOG = LoggerFactory.getLogger("io.flexhandoff.enrichment");

    /** Answers looked at, the fewest of them that open a circuit, and requests let through to probe. */
    private static final int WINDOW = 20;

    private static final int FEWEST = 5;
    private static final int PROBES = 2;
    private static final float FAILURE_PERCENT = 50;
    private static final float SLOW_PERCENT = 80;

    private final CircuitBreakerRegistry circuits;

    /**
     * @param slow an answer that takes longer is too late for its caller
     * @param wait how long a circuit stays open before requests probe it
     */
    public ModelBreakers(Duration slow, Duration wait) {
        circuits = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST)
                .failureRateThreshold(FAILURE_PERCENT)
                .slowCallDurationThreshold(slow)
                .slowCallRateThreshold(SLOW_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(wait)
                .build());
        circuits.getEventPublisher().onEntryAdded(added -> {
            CircuitBreaker circuit = added.getAddedEntry();
            circuit.getEventPublisher()
                    .onStateTransition(change -> LOG.warn("{}: {}", circuit.getName(), change.getStateTransition()));
        });
    }

    /** The circuits of all orgs; one appears with its first request. */
    public CircuitBreakerRegistry circuits() {
        return circuits;
    }

    /**
     * Asks for leave to ask the org's model; whoever gets it says how it went.
     *
     * @throws CallNotPermittedException while the org's circuit is open
     */
    public Leave enter(String org) {
        CircuitBreaker circuit = circuits.circuitBreaker("model/" + org);
        circuit.acquirePermission();
        return new Leave(circuit, System.nanoTime());
    }

    /** The request was answered well. */
    public void succeeded(Leave leave) {
        leave.circuit.onSuccess(System.nanoTime() - leave.since, TimeUnit.NANOSECONDS);
    }

    /** The request failed, or its answer was of no use. */
    public void failed(Leave leave, Exception failure) {
        if (leave != null) {
            leave.circuit.onError(System.nanoTime() - leave.since, TimeUnit.NANOSECONDS, failure);
        }
    }

    /** Leave to send one request. */
    public record Leave(CircuitBreaker circuit, long since) {}
}
