package io.flexhandoff.enrichment;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker for each org's language model, named {@code model/<org>}: no caller waits for a model that fails, or
 * that nearly always is too late. Bound as {@code modelBreakers}.
 *
 * <p>A {@code circuitBreaker} in a route has one circuit for all orgs: the bad key of one would keep the models of the others from being asked.
 */
public final class ModelBreakers {

    /** Answers looked at, the fewest of them that open a circuit, and requests let through to probe. */
    private static final int WINDOW = 20;

    private static final int FEWEST = 5;
    private static final int PROBES = 2;
    private static final float FAILURE_PERCENT = 50;
    private static final float SLOW_PERCENT = 80;

    private final CircuitBreakerRegistry circuits;
    private final CircuitBreakerConfig config;

    /**
     * @param circuits gets a circuit for each org, with its first request
     * @param slow an answer that takes longer is too late for its caller
     * @param wait how long a circuit stays open before requests probe it
     */
    public ModelBreakers(CircuitBreakerRegistry circuits, Duration slow, Duration wait) {
        this.circuits = circuits;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST)
                .failureRateThreshold(FAILURE_PERCENT)
                .slowCallDurationThreshold(slow)
                .slowCallRateThreshold(SLOW_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(wait)
                .build();
    }

    /**
     * Asks for leave to ask the org's model; whoever gets it says how it went.
     *
     * @throws CallNotPermittedException while the org's circuit is open
     */
    public Leave enter(String org) {
        CircuitBreaker circuit = circuits.circuitBreaker("model/" + org, config);
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
