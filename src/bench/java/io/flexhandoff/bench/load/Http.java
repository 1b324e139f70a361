package io.flexhandoff.bench.load;

import io.vertx.core.CompositeFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The client of load and measurement: one thread, kept-alive connections, no retries. */
public final class Http implements AutoCloseable {

    /** No limit that the load itself would meet. */
    private static final int CONNECTIONS = 20_000;

    private static final int KEEP_ALIVE_SECONDS = 600;
    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions()
            .setMaxPoolSize(CONNECTIONS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setTcpNoDelay(true));

    /**
     * A request to this machine.
     *
     * @param authorization header, or {@code null}
     * @param headers further ones
     * @param body {@code null} for a GET
     */
    public record Request(int port, String path, String authorization, Map<String, String> headers, String body) {

        public static Request get(int port, String path, String authorization) {
            return new Request(port, path, authorization, Map.of(), null);
        }

        public static Request json(int port, String path, String authorization, String body) {
            return new Request(port, path, authorization, Map.of("Content-Type", "application/json"), body);
        }

        /** @param headers beside the content's type */
        public static Request form(
                int port, String path, String authorization, Map<String, String> headers, Map<String, String> fields) {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
            String body = fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return new Request(port, path, authorization, all, body);
        }
    }

    /** @param retryAfter seconds, or {@code null} */
    public record Answer(int status, String retryAfter, Buffer body) {

        public boolean isGood() {
            return status / 100 == 2;
        }

        boolean isRefusal() {
            return status == 503 && retryAfter != null;
        }
    }

    /** Runs on the client's thread, as whoever sends many requests must. */
    void run(Runnable load) {
        context.runOnContext(now -> load.run());
    }

    void later(long millis, Runnable then) {
        vertx.setTimer(Math.max(1, millis), timer -> then.run());
    }

    /** Fails if no answer comes within a minute. From the client's thread only. */
    Future<Answer> send(Request request) {
        RequestOptions options = new RequestOptions()
                .setHost("localhost")
                .setPort(request.port())
                .setURI(request.path())
                .setMethod(request.body() == null ? HttpMethod.GET : HttpMethod.POST)
                .setIdleTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return client.request(options).compose(http -> send(http, request)).compose(Http::read);
    }

    private static Future<HttpClientResponse> send(HttpClientRequest http, Request request) {
        if (request.authorization() != null) {
            http.putHeader("Authorization", request.authorization());
        }
        request.headers().forEach(http::putHeader);
        return request.body() == null ? http.send() : http.send(request.body());
    }

    private static Future<Answer> read(HttpClientResponse response) {
        String retryAfter = response.getHeader("Retry-After");
        return response.body().map(body -> new Answer(response.statusCode(), retryAfter, body));
    }

    /** Sends, and waits for the answer, whatever it is. @throws IllegalStateException if none comes */
    public Answer ask(Request request) {
        return ask(List.of(request)).get(0);
    }

    /** Sends all at once, and waits for all answers. */
    public List<Answer> ask(List<Request> requests) {
        Promise<CompositeFuture> answers = Promise.promise();
        run(() -> Future.all(requests.stream().map(this::send).toList()).onComplete(answers));
        return await(answers.future()).list();
    }

    /** Whether a GET is answered with 200; false too while nothing listens there. */
    public boolean answers(Request request) {
        try {
            return ask(request).status() == 200;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
