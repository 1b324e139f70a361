package io.flexhandoff.api;

import io.flexhandoff.org.KeyScope;
import io.flexhandoff.org.Orgs;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Lets a request in only with a bearer key of the org that its path names, and of the right scope. Bound as {@code apiKeys} for what an AI
 * phone platform asks, and as {@code operatorKeys} for what an operator does.
 */
public final class ApiKeys implements Processor {

    private static final String SCHEME = "Bearer ";

    private final Orgs orgs;

    private final KeyScope scope;

    /** @param scope of what the key opens here */
    public ApiKeys(Orgs orgs, KeyScope scope) {
        this.orgs = orgs;
        this.scope = scope;
    }

    /**
     * Lets the request of an exchange in; its key goes no further.
     *
     * @throws Problem as {@link #check} does; 403 with a key of the org that is for something else
     */
    @Override
    public void process(Exchange exchange) {
        Message request = exchange.getMessage();
        Set<KeyScope> opened =
                check(request.getHeader("Authorization", String.class), request.getHeader("org", String.class));
        if (!opened.contains(scope)) {
            throw new Problem(
                    403,
                    "Forbidden",
                    "Authorization: this needs a key of api-keys."
                            + scope.name().toLowerCase(Locale.ROOT) + ", and this one is for something else");
        }
        request.removeHeader("Authorization");
    }

    /**
     * @param authorization value of the Authorization header, may be {@code null}
     * @param org the org in the path
     * @throws Problem 401 without a known key; 404 with another org's key, which shows nothing of this org, not even
     *     whether it exists
     * @return what the key opens
     */
    public Set<KeyScope> check(String authorization, String org) {
        Optional<Orgs.Opened> owner = bearer(authorization).flatMap(orgs::ofApiKey);
        if (owner.isEmpty()) {
            throw new Problem(401, "Unauthorized", "Authorization must carry a bearer key of the org");
        }
        if (!owner.get().org().name().equals(org)) {
            throw new Problem(404, "Not found", "org: there is no org '" + org + "' for this key");
        }
        return owner.get().scopes();
    }

    private static Optional<String> bearer(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}
