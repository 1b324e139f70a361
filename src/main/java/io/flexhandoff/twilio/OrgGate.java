package io.flexhandoff.twilio;

import io.flexhandoff.trace.CallContext;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;

/**
 * What every request of one org passes: a bulkhead, named like the org, so that it cannot take all connections, and a
 * circuit breaker for each of Twilio's products, named {@code <org>/<product>}, and one for the recordings of calls,
 * {@code <org>/recordings}. While one is open nothing is sent there, so that neither Twilio nor the other orgs' events wait for
 * an account that is in trouble.
 *
 * <p>What counts against a circuit is what says something of the account's health: 429, 5xx, silence, a refused or
 * broken connection. That Twilio refuses one request says nothing.
 */
final class OrgGate {

    /** Requests looked at, failures among them that open the circuit, and requests that are let through to probe. */
    private static final int WINDOW = 20;

    private static final int FEWEST = 10;
    private static final float FAILURE_PERCENT = 50;
    private static final int PROBES = 3;

    private static final int UNAUTHORIZED = 401;
    private static final String RECORDINGS = "/Recordings.json";
    private static final String TRACEPARENT = "traceparent";

    private final String org;
    private final TwilioPool pool;
    private final Bulkhead bulkhead;
    private final CircuitBreakerRegistry circuits;
    private final CircuitBreakerConfig config;
    private final MeterRegistry meters;
    private final OrgCredentials credentials;
    private final BiConsumer<String, Boolean> recovery;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, TwilioMeter> metersOfProducts = new ConcurrentHashMap<>();

    /**
     * @param wait how long a circuit stays open before requests probe it
     * @param recovery told that a request of an org has gone well after others had failed, and whether its circuit is closed
     */
    OrgGate(
            String org,
            TwilioPool pool,
            Bulkhead bulkhead,
            CircuitBreakerRegistry circuits,
            Duration wait,
            MeterRegistry meters,
            OrgCredentials credentials,
            BiConsumer<String, Boolean> recovery) {
        this.recovery = recovery;
        this.org = org;
        this.pool = pool;
        this.bulkhead = bulkhead;
        this.circuits = circuits;
        this.meters = meters;
        this.credentials = credentials;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST)
                .failureRateThreshold(FAILURE_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(wait)
                .recordException(OrgGate::isTrouble)
                .build();
    }

    /** A circuit, the meter of its product, and the last failure that counted against it: why it is open. */
    private static final class Lane {

        private final CircuitBreaker circuit;
        private final TwilioMeter meter;
        private volatile String trouble;
        /** Whether one has failed, or was not sent, since all was well. */
        private volatile boolean failing;

        Lane(CircuitBreaker circuit, TwilioMeter meter) {
            this.circuit = circuit;
            this.meter = meter;
        }
    }

    private static boolean isTrouble(Throwable failure) {
        FailureKind kind = FailureKind.of(failure);
        boolean overtaken =
                failure instanceof TwilioFailure answer && Integer.valueOf(412).equals(answer.getStatusCode());
        return (kind == FailureKind.NOT_DONE || kind == FailureKind.PERHAPS_DONE) && !overtaken;
    }

    private Lane lane(String product, String path) {
        // a look-up of recordings is a convenience: that it fails must not keep calls from being handed over
        String name = path.contains(RECORDINGS) ? "recordings" : product;
        Lane lane = lanes.get(name);
        return lane == null ? lanes.computeIfAbsent(name, made -> made(product, made)) : lane;
    }

    private Lane made(String product, String name) {
        return new Lane(
                circuits.circuitBreaker(org + "/" + name, config),
                metersOfProducts.computeIfAbsent(product, of -> new TwilioMeter(meters, org, of)));
    }

    /**
     * Sends a request with the org's credentials as {@link TwilioPool#exchange} does, or not at all.
     *
     * @throws TwilioFailure whatever goes wrong
     */
    TwilioPool.Reply pass(
            String product, HttpHost host, ClassicHttpRequest request, String name, TwilioPool.Written written) {
        Lane lane = lane(product, request.getPath());
        String trace = CallContext.current().trace();
        if (trace != null) {
            request.setHeader(TRACEPARENT, trace);
        }
        long start = System.nanoTime();
        String outcome = FailureKind.PERHAPS_DONE.label();
        try {
            TwilioPool.Reply reply = guarded(lane, name, () -> authorized(host, request, name, written));
            outcome = "success";
            return reply;
        } catch (TwilioFailure failure) {
            outcome = failure.kind().label();
            throw failure;
        } finally {
            lane.meter.record(outcome, System.nanoTime() - start);
        }
    }

    /** Once more only where Twilio has refused it for credentials that have been replaced since: then it has done nothing. */
    private TwilioPool.Reply authorized(
            HttpHost host, ClassicHttpRequest request, String name, TwilioPool.Written written) {
        Header authorization = credentials.header();
        request.setHeader(authorization);
        try {
            return pool.exchange(host, request, name, written);
        } catch (TwilioFailure refused) {
            if (!Integer.valueOf(UNAUTHORIZED).equals(refused.getStatusCode())
                    || !credentials.areNewer(authorization)) {
                throw refused;
            }
            request.setHeader(credentials.header());
            return pool.exchange(host, request, name, written);
        }
    }

    private TwilioPool.Reply guarded(Lane lane, String name, Supplier<TwilioPool.Reply> request) {
        if (!bulkhead.tryAcquirePermission()) {
            lane.failing = true;
            throw TwilioFailure.notTried(name + " was not sent, " + org + " waits for the answers to "
                    + bulkhead.getBulkheadConfig().getMaxConcurrentCalls() + " others");
        }
        try {
            TwilioPool.Reply reply = lane.circuit.executeSupplier(request);
            if (lane.failing) {
                boolean well = lane.circuit.getState() == CircuitBreaker.State.CLOSED;
                lane.failing = !well;
                recovery.accept(org, well);
            }
            return reply;
        } catch (CallNotPermittedException open) {
            throw TwilioFailure.notTried(
                    name + " was not sent, the circuit " + lane.circuit.getName() + " is open: " + lane.trouble);
        } catch (TwilioFailure failure) {
            if (isTrouble(failure)) {
                lane.trouble = failure.getMessage();
                lane.failing = true;
            }
            throw failure;
        } finally {
            bulkhead.onComplete();
        }
    }
}
