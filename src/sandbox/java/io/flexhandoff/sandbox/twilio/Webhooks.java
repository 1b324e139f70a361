package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Fault.Effect;
import io.flexhandoff.sandbox.faults.Faults;
import io.flexhandoff.trace.UrlWords;
import io.flexhandoff.twilio.WebhookSigning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts webhooks as Twilio does: form-encoded, signed, once more only if no connection was made, and never in the way of an API
 * answer. Posts with the same key go out one after the other.
 */
final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int ANSWER_TIMEOUT_MS = 15_000;
    private static final int LONGEST_HELD_BACK_MS = 1_000;

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String USER_AGENT = "TwilioProxy/1.1";

    private final Vertx vertx;
    private final Faults faults;
    private final HttpClient client;
    private final Map<String, Future<Void>> lastByKey = new HashMap<>();
    /** By account, how webhooks are signed that the auth token does not sign. */
    private final Map<String, WebhookSigning> signings = new ConcurrentHashMap<>();
    /** By key, those that wait for the next one to go before them. */
    private final Map<String, Webhook> heldBack = new HashMap<>();

    Webhooks(Vertx vertx, Faults faults) {
        this.vertx = vertx;
        this.faults = faults;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(64).setConnectTimeout(CONNECT_TIMEOUT_MS));
    }

    /** Signs an account's webhooks so from now on. */
    void sign(String accountSid, WebhookSigning signing) {
        signings.put(accountSid, signing);
    }

    private Map<String, String> signature(SandboxAccount account, String url, Map<String, String> form) {
        WebhookSigning signing = signings.get(account.accountSid());
        return (signing == null ? WebhookSigning.withAuthToken(account.authToken()) : signing)
                .headers(url, new TreeMap<>(form));
    }

    /** Sends it, soon, and as a fault will have it. */
    void post(Webhook webhook) {
        Webhook held;
        synchronized (heldBack) {
            held = heldBack.remove(webhook.key());
        }
        Optional<Effect> effect = held != null ? Optional.empty() : faults.strike(webhook::traffic);
        if (effect.equals(Optional.of(Effect.REORDER))) {
            holdBack(webhook);
            return;
        }
        send(webhook);
        if (effect.equals(Optional.of(Effect.DUPLICATE))) {
            send(webhook);
        }
        if (held != null) {
            send(held);
        }
    }

    /** Asks for TwiML: posts a signed form and gives the answer's body; a status other than 2xx is a failure. */
    Future<String> ask(SandboxAccount account, String asked, Map<String, String> form) {
        String url = withoutOverrides(asked);
        return connect(url)
                .recover(notConnected -> connect(url))
                .compose(request ->
                        asTwilio(request, signature(account, url, form), FORM).send(encoded(form)))
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() < 300
                                ? Future.succeededFuture(body.toString())
                                : Future.failedFuture("it was answered " + response.statusCode())));
    }

    /** What is behind # tells Twilio how to connect, and is neither sent nor signed. */
    private static String withoutOverrides(String url) {
        return url.replaceFirst("#.*", "");
    }

    /** Posts JSON, of which the signed URL has the digest; gives the status that is answered. */
    Future<Integer> postJson(SandboxAccount account, String url, String json) {
        String signed = url + (url.contains("?") ? "&" : "?") + "bodySHA256=" + WebhookSigning.sha256(json);
        return connect(signed)
                .compose(request -> asTwilio(request, signature(account, signed, Map.of()), JSON)
                        .send(json))
                .compose(response -> response.body().map(response.statusCode()));
    }

    private static HttpClientRequest asTwilio(HttpClientRequest request, Map<String, String> signature, String type) {
        request.putHeader("Content-Type", type).putHeader("User-Agent", USER_AGENT);
        request.headers().addAll(signature);
        return request;
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private void holdBack(Webhook webhook) {
        synchronized (heldBack) {
            heldBack.put(webhook.key(), webhook);
        }
        vertx.setTimer(LONGEST_HELD_BACK_MS, timer -> {
            boolean stillHeld;
            synchronized (heldBack) {
                stillHeld = heldBack.remove(webhook.key(), webhook);
            }
            if (stillHeld) {
                send(webhook);
            }
        });
    }

    private void send(Webhook webhook) {
        String key = webhook.key();
        String target = withoutOverrides(webhook.url());
        Map<String, String> signature = signature(webhook.account(), target, webhook.form());
        String body = encoded(webhook.form());
        Promise<Void> sent = Promise.promise();
        Future<Void> previous;
        synchronized (lastByKey) {
            previous = lastByKey.put(key, sent.future());
        }
        (previous == null ? Future.<Void>succeededFuture() : previous)
                .compose(ready -> send(target, signature, body))
                .onComplete(done -> {
                    synchronized (lastByKey) {
                        lastByKey.remove(key, sent.future());
                    }
                    sent.complete();
                });
    }

    private Future<Void> send(String url, Map<String, String> signature, String body) {
        return connect(url)
                .recover(notConnected -> connect(url))
                .compose(request -> asTwilio(request, signature, FORM).send(body))
                .compose(response -> {
                    if (response.statusCode() >= 300) {
                        LOG.warn("Webhook at {} answered {}", host(url), response.statusCode());
                    }
                    return response.body();
                })
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.warn("Webhook at {} was not delivered: {}", host(url), failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    /** All of a URL that holds no secret. */
    private static String host(String url) {
        return UrlWords.host(url).orElse("no URL");
    }

    private Future<HttpClientRequest> connect(String url) {
        try {
            return client.request(new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setIdleTimeout(ANSWER_TIMEOUT_MS)
                    .setAbsoluteURI(url));
        } catch (RuntimeException notAUrl) {
            return Future.failedFuture("it cannot be called");
        }
    }

    void close() {
        client.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
