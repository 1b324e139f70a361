package io.flexhandoff.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.org.TwilioLogin;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The access token of an OAuth app of Twilio's, by the grant of client credentials (Twilio documentation, "OAuth Token API"): kept until shortly
 * before its end, and asked for by one request at a time, for which others wait only while there is no token at all.
 */
final class AccessToken {

    static final String NAME = "POST https://oauth.twilio.com/v2/token";

    /** Of a token's life, the last part in which a new one is asked for; a minute at most. */
    private static final int LAST_PART = 10;

    private static final long LONGEST_MARGIN_MS = 60_000;
    private static final long NEXT_TRY_MS = 5_000;

    private final TwilioPool pool;
    private final HttpHost host;
    private final String path;
    private final TwilioLogin client;
    private final InstantSource clock;
    private final AtomicReference<CompletableFuture<Token>> asking = new AtomicReference<>();
    private volatile Token token;

    /** @param path of the token endpoint at the host */
    AccessToken(TwilioPool pool, HttpHost host, String path, TwilioLogin client, InstantSource clock) {
        this.pool = pool;
        this.host = host;
        this.path = path;
        this.client = client;
        this.clock = clock;
    }

    /** @param since when it was asked for @param renewFrom when a new one is @param end when Twilio takes it no longer, all in ms */
    private record Token(Header header, long since, long renewFrom, long end) {}

    /** @throws TwilioFailure when there is no token, and Twilio gives none */
    Header header() {
        Token now = token;
        return now != null && clock.millis() < now.renewFrom() ? now.header() : renewed(now);
    }

    /** A token that Twilio has refused is not used again; one that is new would be followed by one that is refused as well. */
    void forget(Header refused) {
        Token now = token;
        if (now != null && now.header() == refused && clock.millis() - now.since() > NEXT_TRY_MS) {
            token = null;
        }
    }

    private Header renewed(Token old) {
        boolean usable = old != null && clock.millis() < old.end();
        CompletableFuture<Token> mine = new CompletableFuture<>();
        CompletableFuture<Token> others = asking.compareAndExchange(null, mine);
        if (others != null) {
            return usable ? old.header() : awaited(others);
        }
        try {
            // somebody may have been done a moment ago
            Token next = token == old || token == null ? ask() : token;
            token = next;
            mine.complete(next);
            return next.header();
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            if (!usable) {
                throw e;
            }
            token = new Token(old.header(), old.since(), clock.millis() + NEXT_TRY_MS, old.end());
            return old.header();
        } finally {
            asking.set(null);
        }
    }

    private static Header awaited(CompletableFuture<Token> asked) {
        try {
            return asked.join().header();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private Token ask() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", client.oauthClientId());
        form.put("client_secret", client.oauthClientSecret());
        form.put("grant_type", "client_credentials");
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", host, path);
        request.setEntity(new ByteArrayEntity(Form.encoded(form), ContentType.APPLICATION_FORM_URLENCODED));
        long asked = clock.millis();
        JsonNode answer;
        try {
            answer = pool.exchange(
                            host,
                            request,
                            NAME,
                            parameter -> form.containsKey(parameter) ? List.of(form.get(parameter)) : List.of())
                    .json();
        } catch (TwilioFailure failure) {
            throw TwilioFailure.noToken(failure);
        }
        String value = answer.path("access_token").asText("");
        long life = answer.path("expires_in").asLong(0) * 1000;
        if (value.isBlank() || life <= 0) {
            throw TwilioFailure.noToken(TwilioFailure.unreadable(NAME));
        }
        return new Token(
                new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + value, true),
                asked,
                asked + life - Math.min(LONGEST_MARGIN_MS, life / LAST_PART),
                asked + life);
    }
}
