package io.flexhandoff.twilio;

import com.twilio.http.TwilioRestClient;
import io.flexhandoff.metrics.TwilioMeter;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Twilio, as each org reaches it: the org's own credentials over one shared connection pool.
 *
 * <p>Every request is sent once, or not at all while the org's circuit for that product of Twilio is open. A failure is a {@link TwilioFailure}, whose {@link FailureKind} says whether to
 * try again.
 */
public final class TwilioClients implements Closeable {

    private final Orgs orgs;
    private final TwilioMeter meter;
    private final PooledHttpClient http;
    private final CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
    private final Map<String, TwilioRestClient> byOrg = new HashMap<>();
    private final TwilioRestClient forAnyAccount;

    public TwilioClients(Orgs orgs, TwilioSettings settings) {
        this(orgs, settings, new CompositeMeterRegistry());
    }

    /** @param meters where requests and circuits are measured */
    public TwilioClients(Orgs orgs, TwilioSettings settings, MeterRegistry meters) {
        this.orgs = orgs;
        this.meter = new TwilioMeter(meters);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuits).bindTo(meters);
        http = new PooledHttpClient(settings);
        Map<String, TwilioRestClient> byAccount = new HashMap<>();
        for (Org org : orgs.all()) {
            TwilioRestClient client = client(org, settings);
            byOrg.put(org.name(), client);
            byAccount.putIfAbsent(org.accountSid(), client);
        }
        forAnyAccount = new AccountRoutingClient(byAccount, http);
    }

    private TwilioRestClient client(Org org, TwilioSettings settings) {
        return new TwilioRestClient.Builder(org.accountSid(), org.authToken())
                .httpClient(new OrgHttpClient(http, org.name(), circuits, settings.breakerWait(), meter))
                .build();
    }

    /**
     * The org of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Org org(String name) {
        return orgs.get(name);
    }

    /**
     * The client with the credentials of the org of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TwilioRestClient forOrg(String name) {
        return byOrg.get(orgs.get(name).name());
    }

    /**
     * The one client for Camel's {@code twilio:} component, which knows no orgs: it takes the credentials of the account
     * in the request's path. Orgs that share an account are expected to share its credentials.
     */
    public TwilioRestClient forAnyAccount() {
        return forAnyAccount;
    }

    /** The circuit breakers of all orgs, each named {@code <org>/<product>}; one appears with its first request. */
    public CircuitBreakerRegistry circuits() {
        return circuits;
    }

    /** Closes the connections; no client of this can be used afterwards. */
    @Override
    public void close() throws IOException {
        http.close();
    }
}
