package io.flexhandoff.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

/** The AI phone platform: speaks the public API. */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String key;

    /** @param key bearer key, or {@code null} to send none */
    public ApiClient(int port, String org, String key) {
        this.base = "http://localhost:" + port + "/api/v1/orgs/" + org;
        this.key = key;
    }

    public HttpResponse<String> post(String path, Object body) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : json(body))));
    }

    /** @param headers name after name and value, {@code Content-Type} among them */
    public HttpResponse<String> post(String path, byte[] body, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    public HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).DELETE());
    }

    public JsonNode read(String path) {
        return tree(get(path).body());
    }

    /** Those of one call, of all that the org has. */
    public JsonNode deadLettersOf(String callSid) {
        ArrayNode ofCall = JSON.createArrayNode();
        read("/dead-letters").forEach(letter -> {
            if (letter.path("callSid").asText().equals(callSid)) {
                ofCall.add(letter);
            }
        });
        return ofCall;
    }

    public static Map<String, Object> segment(int sequence, String speaker, String text) {
        return Map.of(
                "id", "s" + sequence,
                "sequence", sequence,
                "speaker", speaker,
                "text", text,
                "spokenAt",
                        Instant.parse("2026-11-20T09:00:00Z")
                                .plusSeconds(sequence)
                                .toString());
    }

    public static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
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
}
