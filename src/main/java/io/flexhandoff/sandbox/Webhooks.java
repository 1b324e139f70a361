package io.flexhandoff.sandbox;

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
import java.util.TreeMap;
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

    private final HttpClient client;
    private final Map<String, Future<Void>> lastByKey = new HashMap<>();

    Webhooks(Vertx vertx) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(64).setConnectTimeout(CONNECT_TIMEOUT_MS));
    }

    /**
     * Sends a form, soon.
     *
     * @param key posts with the same key keep their order
     * @param url absolute; a fragment, which holds Twilio's connection overrides, is neither sent nor signed
     * @param authToken key of the signature
     */
    void post(String key, String url, String authToken, Map<String, String> form) {
        String target = url.replaceFirst("#.*", "");
        String signature = WebhookSignature.of(authToken, target, new TreeMap<>(form));
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
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

    private Future<Void> send(String url, String signature, String body) {
        return connect(url)
                .recover(notConnected -> connect(url))
                .compose(
                        request -> request.putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .putHeader("User-Agent", "TwilioProxy/1.1")
                                .putHeader("X-Twilio-Signature", signature)
                                .send(body))
                .compose(response -> {
                    if (response.statusCode() >= 300) {
                        LOG.warn("Webhook {} answered {}", url, response.statusCode());
                    }
                    return response.body();
                })
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.warn("Webhook {} was not delivered: {}", url, failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    private Future<HttpClientRequest> connect(String url) {
        try {
            return client.request(new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setIdleTimeout(ANSWER_TIMEOUT_MS)
                    .setAbsoluteURI(url));
        } catch (RuntimeException notAUrl) {
            return Future.failedFuture(notAUrl);
        }
    }

    void close() {
        client.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
