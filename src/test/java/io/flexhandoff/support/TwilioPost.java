package io.flexhandoff.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A form post, or a GET with the same parameters, as Twilio sends it, signed as Twilio's documentation says, and every way to get it wrong. */
public final class TwilioPost {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String path;
    private final Map<String, String> form = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String signedBase;
    private String authToken;
    private String signature;
    private String algorithm = "HmacSHA1";
    private String method = "POST";
    private String json;

    private TwilioPost(int port, String path, String authToken) {
        this.base = "http://localhost:" + port;
        this.signedBase = base;
        this.path = path;
        this.authToken = authToken;
    }

    /** @param path with its query */
    public static TwilioPost to(int port, String path, String authToken) {
        return new TwilioPost(port, path, authToken);
    }

    public TwilioPost with(String name, String value) {
        form.put(name, value);
        return this;
    }

    public TwilioPost with(Map<String, String> fields) {
        form.putAll(fields);
        return this;
    }

    public TwilioPost without(String name) {
        form.remove(name);
        return this;
    }

    public TwilioPost header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Signs for another address than the one that is called. */
    public TwilioPost signedFor(String otherBase) {
        signedBase = otherBase;
        return this;
    }

    public TwilioPost signedWith(String otherToken) {
        authToken = otherToken;
        return this;
    }

    /** Signs with a shared key, as a webhook rule of the account says. */
    public TwilioPost signedWithKey(String name, String secret) {
        authToken = secret;
        algorithm = "HmacSHA256";
        return header("X-Twilio-Webhooks-Signature-Settings", "key=" + name + ",algorithm=HMAC_SHA256");
    }

    /** Sends the parameters in the query, which is signed with the URL. */
    public TwilioPost byGet() {
        return by("GET");
    }

    /** Sends them there by another method. */
    public TwilioPost by(String otherMethod) {
        method = otherMethod;
        return this;
    }

    /** Sends JSON as Event Streams does; the path should have {@code bodySHA256}, which is signed with it. */
    public TwilioPost json(String body) {
        json = body;
        form.clear();
        return this;
    }

    /** What a sink of Event Streams gets: JSON, of which the signed URL has the digest. @param path without a query */
    public static TwilioPost streamed(int port, String path, String authToken, String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return to(port, path + "?bodySHA256=" + HexFormat.of().formatHex(digest), authToken)
                    .json(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends this signature, none when {@code ""}. */
    public TwilioPost signature(String other) {
        signature = other;
        return this;
    }

    public HttpResponse<String> send() {
        String parameters = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        boolean posted = method.equals("POST");
        String target = posted || parameters.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + parameters;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target));
        if (posted) {
            String body = json == null ? parameters : json;
            request.header(
                            "Content-Type",
                            json == null ? "application/x-www-form-urlencoded; charset=utf-8" : "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        } else {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        }
        headers.forEach(request::header);
        String sent = signature == null
                ? sign(algorithm, authToken, signedBase + target, posted ? form : Map.of())
                : signature;
        if (!sent.isEmpty()) {
            request.header("X-Twilio-Signature", sent);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String sign(String algorithm, String token, String url, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), algorithm));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
