package io.flexhandoff.twilio;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * What an org's requests are made with, as its settings are at the moment: the auth token, an API key, or an access token of its OAuth
 * client.
 */
final class OrgCredentials {

    private final Supplier<Org> org;
    private final Runnable readAgain;
    private final Function<TwilioLogin, AccessToken> tokens;
    private volatile Known known;

    /**
     * @param org as its secrets are now
     * @param readAgain looks for secrets that have changed
     * @param tokens the access token of an OAuth client
     */
    OrgCredentials(Supplier<Org> org, Runnable readAgain, Function<TwilioLogin, AccessToken> tokens) {
        this.org = org;
        this.readAgain = readAgain;
        this.tokens = tokens;
    }

    /** What was made of an org's settings. @param token {@code null} when the header needs none */
    private record Known(Org org, Header basic, AccessToken token) {

        Header header() {
            return token == null ? basic : token.header();
        }
    }

    /**
     * The header {@code Authorization} of a request.
     *
     * @throws TwilioFailure when Twilio gives no access token
     */
    Header header() {
        return known().header();
    }

    /** Whether a request that Twilio has refused for its credentials may be sent again, with others. */
    boolean areNewer(Header refused) {
        readAgain.run();
        Known now = known();
        if (now.token() != null) {
            now.token().forget(refused);
        }
        return !now.header().getValue().equals(refused.getValue());
    }

    private Known known() {
        Known before = known;
        Org now = org.get();
        if (before == null || before.org() != now) {
            before = of(now, before);
            known = before;
        }
        return before;
    }

    private Known of(Org now, Known before) {
        TwilioLogin login = now.access().login();
        if (login.isOauthClient()) {
            boolean same = before != null && before.org().access().login().equals(login);
            return new Known(now, null, same ? before.token() : tokens.apply(login));
        }
        return new Known(
                now,
                login.isApiKey()
                        ? basic(login.apiKeySid(), login.apiKeySecret())
                        : basic(now.accountSid(), now.authToken()),
                null);
    }

    private static Header basic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new BasicHeader(
                HttpHeaders.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(credentials), true);
    }
}
