package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plays scripts against an HTTP server in the product's place, which writes down what it gets. */
class DemoCallsTest {

    private static final Duration PLAY = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final SandboxServer twilio = new SandboxServer(0);
    private final Sandbox sandbox = twilio.sandbox();
    private volatile Function<Received, Integer> answers = request -> 202;
    private String base;

    private record Received(String path, String key, JsonObject body) {}

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
        base = "http://127.0.0.1:" + server.actualPort();
        twilio.mount(router, () -> URI.create(base + "/api/v1"), "acme", "key of acme");
        router.post("/api/v1/*").handler(exchange -> record(exchange.request()));
    }

    @AfterEach
    void stop() throws Exception {
        twilio.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private void record(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Received one = new Received(request.path(), request.getHeader("Authorization"), body.toJsonObject());
            received.add(one);
            int status = answers.apply(one);
            request.response()
                    .setStatusCode(status)
                    .end(new JsonObject().put("detail", "Said with " + status).toBuffer());
        });
    }

    @Test
    void everyScriptIsPostedInOrderThroughThePublicApi() throws Exception {
        List<String> scripts = new JsonArray(get("/demo-scripts").body())
                .stream().map(script -> ((JsonObject) script).getString("name")).toList();
        assertThat(scripts).contains("disputed-charge", "stranded-traveller", "internet-outage");

        Instant before = Instant.now();
        List<String> calls = scripts.stream()
                .map(script -> place("{\"script\":\"" + script + "\"}"))
                .toList();
        await().atMost(PLAY).untilAsserted(() -> assertThat(calls)
                .allSatisfy(call -> assertThat(stateOf(call)).isEqualTo("done")));

        for (String call : calls) {
            List<Received> posts = postsOf(call);
            assertThat(posts).allSatisfy(post -> assertThat(post.key()).isEqualTo("Bearer key of acme"));
            List<JsonObject> segments = posts.stream()
                    .filter(post -> post.path().endsWith("/transcript"))
                    .map(post -> post.body().getJsonArray("segments").getJsonObject(0))
                    .toList();
            assertThat(segments).hasSizeBetween(8, 14);
            assertThat(segments.stream().map(segment -> segment.getInteger("sequence")))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, segments.size()).boxed().toList());
            assertThat(segments.stream().map(segment -> segment.getString("id")))
                    .doesNotHaveDuplicates();
            assertThat(segments).allSatisfy(segment -> {
                assertThat(segment.getString("speaker")).isIn("caller", "ai");
                assertThat(segment.getString("text")).isNotBlank();
                assertThat(segment.getString("language")).matches("en-US|es-MX|de-DE");
                assertThat(Instant.parse(segment.getString("spokenAt"))).isAfter(before);
            });
            assertThat(posts.stream().filter(post -> post.path().endsWith("/escalation")))
                    .singleElement()
                    .satisfies(post -> {
                        assertThat(post.body().getString("id")).contains(call);
                        assertThat(Instant.parse(post.body().getString("occurredAt")))
                                .isAfter(before);
                        assertThat(post.body().getString("from")).startsWith("+");
                        assertThat(post.body().getJsonObject("customData").getMap())
                                .containsKeys("accountTier", "ivrSelection");
                        assertThat(post.body().containsKey("at")).isFalse();
                    });
            assertThat(posts.get(posts.size() - 1).path()).endsWith("/end");
        }
        assertThat(fieldsOfEscalation(calls.get(0))).contains("reason", "summary", "sentiment", "language", "priority");
        assertThat(fieldsOfEscalation(calls.get(scripts.indexOf("internet-outage"))))
                .doesNotContain("reason", "summary", "sentiment", "language");
    }

    /** Twilio tells an application again what it may have missed ({@code applicationReconnect}). */
    @Test
    void afterAReconnectPromptsComeAgainUnderTheirIds() {
        String call = place("{\"script\":\"disputed-charge\",\"way\":\"relay-reconnect\"}");

        await().atMost(PLAY).untilAsserted(() -> assertThat(stateOf(call)).isNotEqualTo("playing"));
        List<List<String>> told = postsOf(call).stream()
                .filter(post -> post.path().endsWith("/transcript"))
                .map(post -> post.body().getJsonArray("segments").stream()
                        .map(segment -> ((JsonObject) segment).getString("id"))
                        .toList())
                .toList();
        List<String> again =
                told.stream().filter(ids -> ids.size() > 1).findFirst().orElseThrow();
        int before = told.indexOf(again);
        assertThat(again).hasSizeGreaterThan(3);
        assertThat(told.subList(0, before).stream().flatMap(List::stream)).containsExactlyElementsOf(again);
        assertThat(told.subList(before + 1, told.size()))
                .as("and the call goes on")
                .isNotEmpty()
                .allSatisfy(ids -> assertThat(ids).hasSize(1).doesNotContainAnyElementsOf(again));
    }

    @Test
    void aPostThatIsAnswered503IsTriedAgainBeforeTheNext() {
        answers = request -> request.path().endsWith("/transcript") && received.size() < 4 ? 503 : 202;
        String call = place("");
        await().atMost(PLAY).until(() -> stateOf(call).equals("done"));
        List<Received> posts = postsOf(call);
        assertThat(posts.subList(0, 4))
                .as("the first segment, three times refused, once taken")
                .containsOnly(posts.get(0));
        assertThat(posts.stream()
                        .skip(3)
                        .filter(post -> post.path().endsWith("/transcript"))
                        .map(post -> post.body()
                                .getJsonArray("segments")
                                .getJsonObject(0)
                                .getInteger("sequence")))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void aRefusalStopsThePlayAndIsShown() throws Exception {
        answers = request -> 401;
        String call = place("");
        await().atMost(PLAY).until(() -> stateOf(call).equals("failed"));
        assertThat(new JsonObject(get("/demo-calls/" + call).body()).getString("failure"))
                .contains("/transcript", "401", "Said with 401")
                .doesNotContain("key of acme");
        assertThat(postsOf(call)).hasSize(1);
    }

    @Test
    void nothingMoreIsSaidWhenTheCallerHangsUp() throws Exception {
        String call = place("");
        await().atMost(PLAY).until(() -> postsOf(call).size() == 2);
        assertThat(post("/demo-calls/" + call + "/stop", "").statusCode()).isEqualTo(204);
        await().atMost(PLAY).until(() -> stateOf(call).equals("done"));
        List<Received> posts = postsOf(call);
        assertThat(posts.get(posts.size() - 1).body().getString("outcome")).isEqualTo("abandoned");
        assertThat(posts).noneSatisfy(post -> assertThat(post.path()).endsWith("/escalation"));
    }

    @Test
    void badRequestsAreAnsweredWithWhatIsWrong() throws Exception {
        assertThat(post("/demo-calls", "{\"script\":\"opera\"}").statusCode()).isEqualTo(400);
        assertThat(post("/demo-calls", "{\"script\":\"opera\"}").body())
                .contains("script: there is no recorded script");
        assertThat(post("/demo-calls", "[").statusCode()).isEqualTo(400);
        assertThat(get("/demo-calls/CA0").statusCode()).isEqualTo(404);
    }

    private List<Received> postsOf(String call) {
        return received.stream()
                .filter(post -> post.path().startsWith("/api/v1/orgs/acme/calls/" + call + "/"))
                .toList();
    }

    private Iterable<String> fieldsOfEscalation(String call) {
        return postsOf(call).stream()
                .filter(post -> post.path().endsWith("/escalation"))
                .findFirst()
                .orElseThrow()
                .body()
                .fieldNames();
    }

    private String place(String body) {
        HttpResponse<String> answer = post("/demo-calls", body);
        assertThat(answer.statusCode()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("callSid");
    }

    private String stateOf(String call) {
        return new JsonObject(get("/demo-calls/" + call).body()).getString("state");
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + "/sandbox/api" + path)));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(base + "/sandbox/api" + path)).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
