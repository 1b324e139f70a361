package io.flexhandoff.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.flexhandoff.metrics.TwilioMeter;
import io.flexhandoff.trace.CallContext;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transport of one org: a circuit breaker for each of Twilio's products, named {@code <org>/<product>}, and one for the
 * recordings of calls, {@code <org>/recordings}. While one is open nothing is sent there, so that neither Twilio nor the other orgs' events wait for an account that is in trouble.
 *
 * <p>What counts against a circuit is what says something of the account's health: 429, 5xx, silence, a refused or
 * broken connection. That Twilio refuses one request says nothing.
 */
final class OrgHttpClient extends HttpClient {

    /** Requests looked at, failures among them that open the circuit, and requests that are let through to probe. */
    private static final int WINDOW = 20;

    private static final int FEWEST = 10;
    private static final float FAILURE_PERCENT = 50;
    private static final int PROBES = 3;

    private static final String RECORDINGS = "/Recordings.json";

    private final HttpClient http;
    private final String org;
    private final CircuitBreakerRegistry circuits;
    private final CircuitBreakerConfig config;
    private final TwilioMeter meter;
    /** The last failure that counted against a circuit, by its name: why it is open. */
    private final Map<String, String> trouble = new ConcurrentHashMap<>();

    /** @param wait how long a circuit stays open before requests probe it */
    OrgHttpClient(HttpClient http, String org, CircuitBreakerRegistry circuits, Duration wait, TwilioMeter meter) {
        this.http = http;
        this.org = org;
        this.circuits = circuits;
        this.meter = meter;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST)
                .failureRateThreshold(FAILURE_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(wait)
                .recordException(OrgHttpClient::isTrouble)
                .build();
    }

    private static boolean isTrouble(Throwable failure) {
        FailureKind kind = FailureKind.of(failure);
        boolean overtaken =
                failure instanceof TwilioFailure answer && Integer.valueOf(412).equals(answer.getStatusCode());
        return (kind == FailureKind.NOT_DONE || kind == FailureKind.PERHAPS_DONE) && !overtaken;
    }

    /** A look-up of recordings is a convenience: that it fails must not keep calls from being handed over. */
    private static String circuit(String product, String url) {
        return url.contains(RECORDINGS) ? "recordings" : product;
    }

    /** Once: see {@link PooledHttpClient#reliableRequest}. */
    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        String product = URI.create(request.getUrl()).getHost().replaceFirst("\\..*", "");
        String trace = CallContext.current().trace();
        if (trace != null) {
            request.addHeaderParam("traceparent", trace);
        }
        CircuitBreaker circuit = circuits.circuitBreaker(org + "/" + circuit(product, request.getUrl()), config);
        long start = System.nanoTime();
        String outcome = FailureKind.PERHAPS_DONE.label();
        try {
            Response response = circuit.executeSupplier(() -> http.makeRequest(request));
            outcome = "success";
            return response;
        } catch (CallNotPermittedException open) {
            outcome = FailureKind.NOT_TRIED.label();
            throw TwilioFailure.notTried(
                    request.getMethod() + " " + request.getUrl(), circuit.getName(), trouble.get(circuit.getName()));
        } catch (TwilioFailure failure) {
            outcome = failure.kind().label();
            if (isTrouble(failure)) {
                trouble.put(circuit.getName(), failure.getMessage());
            }
            throw failure;
        } finally {
            meter.record(org, product, outcome, System.nanoTime() - start);
        }
    }
}
