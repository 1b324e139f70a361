package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may use the API of the sandbox, and as which account: its auth token, and the API keys and OAuth clients that are allowed to. Methods may be
 * called from any thread.
 */
public final class Logins {

    private static final String GRANT = "client_credentials";

    /** By header. */
    private final Map<String, String> accounts = new ConcurrentHashMap<>();
    /** By id. */
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    /** By header. */
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Client(String accountSid, String secret, Duration life) {}

    private record Token(String accountSid, Instant end) {}

    /** Allows a user with a password: an account's SID with its auth token, or the SID of an API key with its secret. */
    public void allow(String accountSid, String user, String password) {
        if (password != null) {
            accounts.put(basic(user, password), accountSid);
        }
    }

    /** Revokes what {@link #allow} allows. */
    public void revoke(String user, String password) {
        accounts.remove(basic(user, password));
    }

    /** Allows the client of an OAuth app. @param life of its access tokens */
    public void allowClient(String accountSid, String id, String secret, Duration life) {
        clients.put(id, new Client(accountSid, secret, life));
    }

    /** Lets no access token be taken any longer that was given so far. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** The account that a request is made for. @param authorization value of the header, or {@code null} */
    Optional<String> account(String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        Token token = tokens.get(authorization);
        if (token != null && token.end().isAfter(Instant.now())) {
            return Optional.of(token.accountSid());
        }
        return Optional.ofNullable(accounts.get(authorization));
    }

    /** An access token, as Twilio answers it; empty for a client that is not allowed. */
    Optional<JsonObject> token(Map<String, String> form) {
        Client client = clients.get(form.getOrDefault("client_id", ""));
        if (client == null
                || !client.secret().equals(form.get("client_secret"))
                || !GRANT.equals(form.get("grant_type"))) {
            return Optional.empty();
        }
        String token = Sids.random("AT");
        tokens.put(
                "Bearer " + token, new Token(client.accountSid(), Instant.now().plus(client.life())));
        return Optional.of(new JsonObject()
                .put("access_token", token)
                .put("id_token", null)
                .put("token_type", "Bearer")
                .put("expires_in", client.life().toSeconds())
                .put("refresh_token", null));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
