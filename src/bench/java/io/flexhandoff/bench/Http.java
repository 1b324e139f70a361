package io.flexhandoff.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The plain client that the load and the direct limit share: HTTP/1.1, kept-alive connections, no retries. */
final class Http {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String authorization;

    /** @param authorization value of the header of that name */
    Http(String authorization) {
        this.authorization = authorization;
    }

    JsonNode get(String url) {
        return body(exchange(request(url).build()), 200);
    }

    /** As {@link #get}, but nothing, in place of an error, where there is nothing. */
    JsonNode find(String url) {
        HttpResponse<String> answer = exchange(request(url).build());
        return answer.statusCode() == 404 ? MissingNode.getInstance() : body(answer, 200);
    }

    JsonNode post(String url, String contentType, String body, int expectedStatus) {
        HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofString(body);
        HttpRequest request =
                request(url).header("Content-Type", contentType).POST(content).build();
        return body(exchange(request), expectedStatus);
    }

    /** Whether a GET is answered with 200; false too while nothing listens there. */
    boolean answers(String url) {
        try {
            HttpRequest request = request(url).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization);
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static JsonNode body(HttpResponse<String> answer, int expectedStatus) {
        if (answer.statusCode() != expectedStatus) {
            throw new IllegalStateException(
                    answer.request().method() + " " + answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + text, e);
        }
    }

    static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted");
    }
}
