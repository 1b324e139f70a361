package io.flexhandoff.api;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Lets a request in only with a bearer key of the org that its path names. Bound as {@code apiKeys}. */
public final class ApiKeys implements Processor {

    private static final String SCHEME = "Bearer ";

    private final Orgs orgs;

    public ApiKeys(Orgs orgs) {
        this.orgs = orgs;
    }

    /** Lets the request of an exchange in; its key goes no further. */
    @Override
    public void process(Exchange exchange) {
        Message request = exchange.getMessage();
        check(request.getHeader("Authorization", String.class), request.getHeader("org", String.class));
        request.removeHeader("Authorization");
    }

    /**
     * @param authorization value of the Authorization header, may be {@code null}
     * @param org the org in the path
     * @throws Problem 401 without a known key; 404 with another org's key, which shows nothing of this org, not even
     *     whether it exists
     */
    public void check(String authorization, String org) {
        Optional<Org> owner = bearer(authorization).flatMap(orgs::ofApiKey);
        if (owner.isEmpty()) {
            throw new Problem(401, "Unauthorized", "Authorization must carry a bearer key of the org");
        }
        if (!owner.get().name().equals(org)) {
            throw new Problem(404, "Not found", "org: there is no org '" + org + "' for this key");
        }
    }

    private static Optional<String> bearer(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}
