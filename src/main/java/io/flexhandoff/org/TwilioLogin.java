package io.flexhandoff.org;

import java.util.List;
import java.util.function.BinaryOperator;

/**
 * What requests to Twilio are made with in place of the auth token: an API key, which may be restricted, or the client of an OAuth app. Configured
 * as {@code handoff.orgs.<name>.api-key-sid} and so on. {@link #toString()} shows no secret.
 *
 * @param apiKeySid {@code SK…}, or {@code null}
 * @param apiKeySecret secret of that key
 * @param oauthClientId of an OAuth app of the account with the grant of client credentials, or {@code null}
 * @param oauthClientSecret secret of that client
 */
public record TwilioLogin(String apiKeySid, String apiKeySecret, String oauthClientId, String oauthClientSecret) {

    /** The auth token is what requests are made with. */
    public static final TwilioLogin NONE = new TwilioLogin(null, null, null, null);

    public TwilioLogin {
        apiKeySid = AiWorker.textOrNull(apiKeySid);
        apiKeySecret = AiWorker.textOrNull(apiKeySecret);
        oauthClientId = AiWorker.textOrNull(oauthClientId);
        oauthClientSecret = AiWorker.textOrNull(oauthClientSecret);
    }

    public boolean isApiKey() {
        return apiKeySid != null;
    }

    public boolean isOauthClient() {
        return oauthClientId != null;
    }

    /** Whether requests need no auth token. */
    public boolean isGiven() {
        return isApiKey() || isOauthClient();
    }

    TwilioLogin cleaned(BinaryOperator<String> put) {
        return new TwilioLogin(
                apiKeySid,
                put.apply("api-key-secret", apiKeySecret),
                oauthClientId,
                put.apply("oauth-client-secret", oauthClientSecret));
    }

    void check(String prefix, List<String> problems) {
        together(prefix, "api-key-sid", apiKeySid, "api-key-secret", apiKeySecret, problems);
        together(prefix, "oauth-client-id", oauthClientId, "oauth-client-secret", oauthClientSecret, problems);
        if (isApiKey() && !apiKeySid.matches("SK[0-9a-fA-F]{32}")) {
            problems.add(prefix + "api-key-sid is not a SID of the form SK and 32 hexadecimal digits");
        }
        if (isApiKey() && isOauthClient()) {
            problems.add(prefix + "api-key-sid and " + prefix
                    + "oauth-client-id are both set: requests are made with one of them");
        }
    }

    static void together(String prefix, String one, String first, String other, String second, List<String> problems) {
        if ((first == null) != (second == null)) {
            problems.add(prefix + (first == null ? one : other) + " is missing: " + one + " and " + other
                    + " are set together");
        }
    }

    @Override
    public String toString() {
        return isApiKey() ? "API key " + apiKeySid : isOauthClient() ? "OAuth client " + oauthClientId : "auth token";
    }
}
