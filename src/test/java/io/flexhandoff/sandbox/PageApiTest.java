package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageApiTest extends SandboxTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theStateShowsACallOnItsWayToTheRep() throws Exception {
        String callSid =
                new JsonObject(post("/calls", "{\"from\":\"+491511234567\"}").body()).getString("callSid");
        Conversation thread = Conversation.creator(account.conversationsServiceSid())
                .setUniqueName("call-" + callSid)
                .create(twilio);
        JsonObject waiting = only("calls");
        assertThat(waiting.getString("sid")).isEqualTo(callSid);
        assertThat(waiting.getString("from")).isEqualTo("+491511234567");
        assertThat(waiting.getString("to")).startsWith("+1");
        assertThat(waiting.getString("status")).isEqualTo("in-progress");
        assertThat(waiting.getString("way")).isEqualTo("direct");
        assertThat(waiting.getString("startedAt")).matches("\\d{4}-.*Z");
        assertThat(waiting.getString("taskSid")).isNull();
        assertThat(waiting.getString("conversationSid")).isEqualTo(thread.getSid());

        redirect(callSid, enqueue("{\"handedOff\":true,\"conversationSid\":\"" + thread.getSid() + "\"}"));
        JsonObject task = only("tasks");
        assertThat(only("calls").getString("taskSid")).isEqualTo(task.getString("sid"));
        assertThat(task.getString("callSid")).isEqualTo(callSid);
        assertThat(task.getString("status")).isEqualTo("reserved");
        assertThat(task.getJsonObject("attributes").getBoolean("handedOff")).isTrue();
        assertThat(task.getInteger("priority")).isEqualTo(3);
        assertThat(task.getJsonObject("queue").getString("name")).isEqualTo("Human Support");
        assertThat(task.getJsonObject("workflow").getString("name")).isEqualTo("Support");
        JsonObject reservation = task.getJsonObject("reservation");
        assertThat(reservation.getString("status")).isEqualTo("pending");
        assertThat(reservation.getJsonObject("worker").getString("name")).isEqualTo("Riley (rep)");
        assertThat(state().getJsonArray("workers")).hasSize(2);
        assertThat(state().getJsonObject("account").getString("workflowSid")).isEqualTo(account.workflowSid());
        assertThat(only("conversations").getString("uniqueName")).isEqualTo("call-" + callSid);
    }

    @Test
    void theRepAcceptsWrapsUpAndCompletes() throws Exception {
        String callSid = placeCall();
        redirect(callSid, enqueue("{\"handedOff\":true}"));
        String task = "/tasks/" + sandbox.tasksOf(callSid).get(0);

        assertThat(new JsonObject(post(task + "/accept", "").body()).getString("status"))
                .isEqualTo("assigned");
        assertProblem(post(task + "/accept", ""), 409, "no reservation that is pending");
        assertThat(only("calls").getString("status")).isEqualTo("in-progress");
        JsonObject wrapping = new JsonObject(post(task + "/wrap-up", "").body());
        assertThat(wrapping.getString("status")).isEqualTo("wrapping");
        assertThat(wrapping.getJsonObject("reservation").getString("status")).isEqualTo("wrapping");
        assertThat(only("calls").getString("status")).isEqualTo("completed");
        assertThat(new JsonObject(post(task + "/complete", "").body()).getString("status"))
                .isEqualTo("completed");
        assertProblem(post("/tasks/WT0/accept", ""), 404, "no task WT0");
    }

    @Test
    void theCallerHangsUp() throws Exception {
        String callSid = placeCall();

        assertThat(post("/calls/" + callSid + "/hangup", "").statusCode()).isEqualTo(204);
        assertThat(only("calls").getString("status")).isEqualTo("completed");
        assertProblem(post("/calls/CA0/hangup", ""), 404, "no call CA0");
    }

    @Test
    void theCallerPressesKeys() throws Exception {
        String callSid = placeCall();

        assertThat(post("/calls/" + callSid + "/press", "{\"digits\":\"1#\"}").statusCode())
                .isEqualTo(204);
        assertProblem(post("/calls/" + callSid + "/press", "{\"digits\":\"one\"}"), 400, "digits");
        assertProblem(post("/calls/CA0/press", "{\"digits\":\"1\"}"), 404, "no call CA0");
    }

    @Test
    void aConversationIsReadWithItsMessages() throws Exception {
        Conversation thread =
                Conversation.creator(account.conversationsServiceSid()).create(twilio);
        for (String body : List.of("Hello", "I need help")) {
            Message.creator(account.conversationsServiceSid(), thread.getSid())
                    .setAuthor("Caller")
                    .setBody(body)
                    .setAttributes("{\"segmentId\":\"" + body.length() + "\"}")
                    .create(twilio);
        }

        JsonObject conversation =
                new JsonObject(get("/api/conversations/" + thread.getSid()).body());
        assertThat(conversation.getString("state")).isEqualTo("active");
        JsonObject second = conversation.getJsonArray("messages").getJsonObject(1);
        assertThat(second.getInteger("index")).isEqualTo(1);
        assertThat(second.getString("author")).isEqualTo("Caller");
        assertThat(second.getString("body")).isEqualTo("I need help");
        assertThat(second.getJsonObject("attributes").getString("segmentId")).isEqualTo("11");
        assertThat(second.getString("dateCreated")).matches("\\d{4}-.*Z");
        assertProblem(get("/api/conversations/CH0"), 404, "no conversation CH0");
    }

    @Test
    void changesAreToldAsTheyHappenButNotMoreOftenThanAPageCanUse() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/events")).build();
        HttpResponse<InputStream> events = http.send(request, BodyHandlers.ofInputStream());
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = new Thread(() -> readLines(events.body(), lines));
        reader.start();
        await().until(() -> !lines.isEmpty());

        Conversation thread =
                Conversation.creator(account.conversationsServiceSid()).create(twilio);
        IntStream.range(0, 50).forEach(i -> Message.creator(account.conversationsServiceSid(), thread.getSid())
                .setBody("turn " + i)
                .create(twilio));
        String callSid = placeCall();
        redirect(callSid, enqueue("{\"handedOff\":true}"));
        String change = "data: {\"resource\":\"task\",\"sid\":\""
                + sandbox.tasksOf(callSid).get(0) + "\"}";

        await().until(() -> lines.contains(change));
        assertThat(lines).contains("event: change", "data: {\"resource\":\"call\",\"sid\":\"" + callSid + "\"}");
        assertThat(lines.stream().filter(line -> line.contains(thread.getSid())))
                .hasSizeBetween(1, 49);
        server.close();
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void requestsOfOtherSitesChangeNothing() throws Exception {
        assertProblem(send("/api/calls", "{}", "Origin", "https://evil.example"), 403, "another site");
        assertProblem(send("/api/calls", "{}", "Sec-Fetch-Site", "cross-site"), 403, "another site");
        assertProblem(send("/api/calls", "{}", "Origin", "null"), 403, "another site");
        assertThat(state().getJsonArray("calls")).isEmpty();
        assertThat(send("/api/calls", "{}", "Origin", server.url()).statusCode())
                .isEqualTo(201);
        assertThat(send("/api/calls", "{}", "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(201);
    }

    @Test
    void badInputIsNamed() throws Exception {
        assertProblem(post("/calls", "{\"from\":\"12\"}"), 400, "from");
        assertProblem(post("/calls", "{\"to\":7}"), 400, "to");
        assertProblem(post("/calls", "[]"), 400, "JSON object");
        assertProblem(post("/nothing", "{}"), 404, "/sandbox/api/nothing");
        assertProblem(post("/calls", "x".repeat(5 << 20)), 413, "refused");
    }

    @Test
    void thePageIsServedAtTheRoot() throws Exception {
        assumeThat(getClass().getResource("/sandbox/index.html")).isNotNull();
        assertServed("", "text/html");
        assertServed("/", "text/html");
    }

    @Test
    void assetsComeWithHeadersThatKeepThePageToItself() throws Exception {
        assertServed("/assets/probe.css", "text/css");
        for (String path :
                List.of("/assets/missing.css", "/assets/..%2Findex.html", "/assets/.hidden.css", "/assets/x.class")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private void assertServed(String path, String type) throws Exception {
        HttpResponse<String> page = get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().map())
                .containsEntry("content-type", List.of(type + "; charset=utf-8"))
                .containsEntry("cache-control", List.of("no-cache"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .extractingByKey("content-security-policy")
                .asString()
                .contains("default-src 'self'");
    }

    private JsonObject state() throws Exception {
        return new JsonObject(get("/api/state").body());
    }

    private JsonObject only(String resources) throws Exception {
        assertThat(state().getJsonArray(resources)).hasSize(1);
        return state().getJsonArray(resources).getJsonObject(0);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("/api" + path, body, "Content-Type", "application/json");
    }

    private HttpResponse<String> send(String path, String body, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofString(body))
                .header(header, value)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(server.url() + "/sandbox" + path);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).contains(detail);
    }

    private static void readLines(InputStream stream, List<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            lines.add("closed");
        }
    }
}
