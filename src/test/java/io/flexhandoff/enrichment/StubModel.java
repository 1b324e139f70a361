package io.flexhandoff.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OpenAI-compatible endpoint that answers as a test wants it to. */
final class StubModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was asked, and with which key. */
    record Question(String authorization, JsonNode body) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile HttpHandler answer = exchange -> exchange.close();

    StubModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> {
            questions.add(new Question(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    JSON.readTree(exchange.getRequestBody().readAllBytes())));
            answer.handle(exchange);
        });
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1";
    }

    List<Question> questions() {
        return questions;
    }

    void answers(HttpHandler handler) {
        questions.clear();
        answer = handler;
    }

    /** As a model would that keeps to the schema. */
    static HttpHandler says(String reason, String summary, String sentiment, String language) {
        return content(
                json(Map.of("reason", reason, "summary", summary, "sentiment", sentiment, "language", language)));
    }

    static HttpHandler content(String content) {
        return body(200, json(Map.of("choices", List.of(Map.of("message", Map.of("content", content))))));
    }

    static HttpHandler body(int status, String text) {
        return exchange -> send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    static HttpHandler after(CountDownLatch moment, HttpHandler handler) {
        return exchange -> {
            try {
                moment.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            handler.handle(exchange);
        };
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
