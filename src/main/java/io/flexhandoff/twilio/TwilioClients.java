package io.flexhandoff.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.org.TwilioLogin;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.HttpHost;

/**
 * Twilio, as each org reaches it: the org's own credentials over one shared connection pool.
 *
 * <p>Every request is sent once, or not at all while the org's circuit for that product of Twilio is open. A failure is a {@link TwilioFailure}, whose {@link FailureKind} says whether to
 * try again.
 */
public final class TwilioClients implements Closeable {

    private static final URI TOKENS = URI.create("https://oauth.twilio.com/v2/token");

    private final Orgs orgs;
    private final TwilioPool pool;
    private final CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
    private final Map<String, Access> byOrg = new HashMap<>();
    private final TwilioRestClient forAnyAccount;
    private volatile BiConsumer<String, Boolean> recovery = (org, well) -> {};

    /** The two ways in which an org's requests are made. */
    private record Access(OrgClient client, TwilioRestClient sdk) {}

    public TwilioClients(Orgs orgs, TwilioSettings settings) {
        this(orgs, settings, new CompositeMeterRegistry());
    }

    public TwilioClients(Orgs orgs, TwilioSettings settings, MeterRegistry meters) {
        this(orgs, settings, meters, () -> {});
    }

    /**
     * @param meters where requests, circuits and bulkheads are measured
     * @param readAgain looks for secrets of the orgs that have changed
     */
    public TwilioClients(Orgs orgs, TwilioSettings settings, MeterRegistry meters, Runnable readAgain) {
        this.orgs = orgs;
        this.pool = new TwilioPool(settings);
        TwilioHosts hosts = new TwilioHosts(settings.baseUrl());
        BulkheadRegistry bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(settings.requestsOfAnOrg(orgs.all().size()))
                .maxWaitDuration(Duration.ZERO)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuits).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        Map<String, TwilioRestClient> byAccount = new HashMap<>();
        for (Org org : orgs.all()) {
            OrgCredentials credentials =
                    new OrgCredentials(() -> orgs.get(org.name()), readAgain, client -> accessToken(hosts, client));
            OrgGate gate = new OrgGate(
                    org.name(),
                    pool,
                    bulkheads.bulkhead(org.name()),
                    circuits,
                    settings.breakerWait(),
                    meters,
                    credentials,
                    (name, well) -> recovery.accept(name, well));
            // the gate gives each request its credentials
            TwilioRestClient sdk = new TwilioRestClient.Builder(org.accountSid(), "")
                    .region(org.access().region())
                    .edge(org.access().edge())
                    .httpClient(new SdkHttpClient(gate, hosts))
                    .build();
            sdk.getObjectMapper().registerModule(AnyUri.module());
            OrgClient client = new OrgClient(gate, hosts, product -> host(sdk, product));
            byOrg.put(org.name(), new Access(client, sdk));
            byAccount.putIfAbsent(org.accountSid(), sdk);
        }
        forAnyAccount = new AccountRoutingClient(byAccount);
    }

    /**
     * Whom to tell, on the thread of the request, when one of an org has gone well after others had failed.
     *
     * @param recovery gets the org's name, and whether the circuit of that product is closed, so that all others may follow
     */
    public void onRecovery(BiConsumer<String, Boolean> recovery) {
        this.recovery = recovery;
    }

    /** A product's address as the SDK has it, which knows what region and edge, or {@code TWILIO_REGION} and {@code TWILIO_EDGE}, mean. */
    static URI host(TwilioRestClient sdk, String product) {
        Request request = new Request(HttpMethod.GET, product, "/");
        request.setRegion(sdk.getRegion());
        request.setEdge(sdk.getEdge());
        return URI.create(request.constructURL().toString());
    }

    private AccessToken accessToken(TwilioHosts hosts, TwilioLogin client) {
        URI endpoint = hosts.target(TOKENS);
        return new AccessToken(pool, HttpHost.create(endpoint), endpoint.getRawPath(), client, Clock.systemUTC());
    }

    /**
     * The org of that name, as its secrets are now.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Org org(String name) {
        return orgs.get(name);
    }

    private Access access(String name) {
        Access access = byOrg.get(name);
        return access == null ? byOrg.get(orgs.get(name).name()) : access;
    }

    /**
     * The client with the credentials of the org of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TwilioRestClient forOrg(String name) {
        return access(name).sdk();
    }

    /**
     * Asks Twilio with the credentials of the org of that name, once.
     *
     * @throws TwilioFailure whatever goes wrong
     * @throws IllegalArgumentException if there is no such org
     */
    public TwilioAnswer send(String org, TwilioRequest request) {
        return access(org).client().send(request);
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
        pool.close();
    }
}
