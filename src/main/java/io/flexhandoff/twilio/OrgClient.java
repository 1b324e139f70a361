package io.flexhandoff.twilio;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Sends the requests of one org with its credentials. */
final class OrgClient {

    private final OrgGate gate;
    private final TwilioHosts hosts;
    private final Function<String, URI> hostOf;
    private final Map<String, Base> bases = new ConcurrentHashMap<>();

    /** @param hostOf the address of a product of Twilio's, as the org reaches it */
    OrgClient(OrgGate gate, TwilioHosts hosts, Function<String, URI> hostOf) {
        this.gate = gate;
        this.hosts = hosts;
        this.hostOf = hostOf;
    }

    /** Where a product is: a host, and what stands before each path there. */
    private record Base(HttpHost host, String path) {

        static Base of(URI target) {
            String path = target.getRawPath();
            return new Base(HttpHost.create(target), path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        }
    }

    TwilioAnswer send(TwilioRequest request) {
        Base base = bases.get(request.product());
        if (base == null) {
            base = Base.of(hosts.target(hostOf.apply(request.product())));
            bases.put(request.product(), base);
        }
        HttpHost host = base.host();
        String path = base.path() + request.path();
        if (request.isLink()) {
            URI target = hosts.target(URI.create(request.path()));
            host = HttpHost.create(target);
            path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        }
        ClassicHttpRequest http = new BasicClassicHttpRequest(request.method(), host, path);
        if (request.ifMatch() != null) {
            http.addHeader(HttpHeaders.IF_MATCH, request.ifMatch());
        }
        if (!request.form().isEmpty()) {
            http.setEntity(new ByteArrayEntity(Form.encoded(request.form()), ContentType.APPLICATION_FORM_URLENCODED));
        }
        TwilioPool.Reply reply = gate.pass(request.product(), host, http, request.name(), parameter -> {
            String value = request.form().get(parameter);
            return value == null ? List.of() : List.of(value);
        });
        return new TwilioAnswer(request, reply.json(), reply.header(HttpHeaders.ETAG));
    }
}
