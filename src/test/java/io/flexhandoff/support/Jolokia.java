package io.flexhandoff.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An operator's script: speaks to Jolokia as Hawtio does. */
public final class Jolokia {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI management;
    private final String login;

    /** @param login {@code user:password}, or {@code null} for a stranger */
    public Jolokia(int managementPort, String login) {
        this.management = URI.create("http://localhost:" + managementPort);
        this.login = login;
    }

    /** The answer to a request of the management port. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** The answer to a POST with this body. */
    public HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The answer to one Jolokia request. */
    public JsonNode ask(Map<String, ?> request) {
        return ApiClient.tree(post("/actuator/jolokia", json(request)).body());
    }

    /** The answers to several in one. */
    public JsonNode ask(List<? extends Map<String, ?>> requests) {
        return ApiClient.tree(post("/actuator/jolokia", json(requests)).body());
    }

    /** Calls an operation. */
    public JsonNode call(String bean, String operation, Object... arguments) {
        return ask(Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments));
    }

    /** What an operation answers. */
    public JsonNode value(String bean, String operation, Object... arguments) {
        JsonNode answer = call(bean, operation, arguments);
        if (answer.path("status").intValue() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.get("value");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(management.resolve(path));
        if (login != null) {
            String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + basic);
        }
        return request;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
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
