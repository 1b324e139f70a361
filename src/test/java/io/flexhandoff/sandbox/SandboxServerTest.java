package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.sandbox.twilio.SandboxRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandboxServerTest extends SandboxTest {

    private static final String CONVERSATIONS = "/conversations/v1/Services/";
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void manyRequestsAtOnceAreHeldBackTogether() {
        sandbox.latency(Duration.ofMillis(500));
        Instant start = Instant.now();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 300)
                .mapToObj(i -> http.sendAsync(create("UniqueName=c" + i), BodyHandlers.ofString()))
                .toList();

        assertThat(answers).allMatch(answer -> answer.join().statusCode() == 201);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(500));
        assertThat(answers).anyMatch(answer -> concurrent(answer.join()) > 100);
        assertThat(sandbox.requests())
                .hasSize(300)
                .contains(new SandboxRequest(
                        "POST",
                        "conversations",
                        "/v1/Services/" + account.conversationsServiceSid() + "/Conversations",
                        201));
    }

    @Test
    void aFilterSeesARequestBeforeItIsDispatched() throws Exception {
        sandbox.filter(exchange -> exchange.response().setStatusCode(503).end());

        assertThat(http.send(create("UniqueName=never"), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(503);
        sandbox.filter(exchange -> exchange.next());
        HttpResponse<String> answer = http.send(create("UniqueName=never"), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Twilio-Request-Id"))
                .get()
                .asString()
                .startsWith("RQ");
    }

    @Test
    void requestsThatNoSdkSendsAreRefusedAsTwilioRefusesThem() throws Exception {
        assertThat(http.send(create("UniqueName=%zz"), BodyHandlers.ofString()).body())
                .contains("\"code\":20001");
        HttpRequest anonymous = HttpRequest.newBuilder(uri(CONVERSATIONS + "x")).build();
        assertThat(http.send(anonymous, BodyHandlers.ofString()).body()).contains("\"code\":20003", "\"status\":401");
        HttpRequest unknown = HttpRequest.newBuilder(uri("/chat/v1/Services")).build();
        assertThat(http.send(unknown, BodyHandlers.ofString()).body()).contains("\"code\":20404", "\"status\":404");
    }

    @Test
    void theDemoAccountIsTheSameAfterARestart() {
        assertThat(SandboxAccount.demo()).isEqualTo(account);
        assertThat(account.accountSid()).matches("AC[0-9a-f]{32}");
        assertThat(account.toString()).doesNotContain(account.authToken());
    }

    @Test
    void aPortInUseIsRefused() {
        int port = URI.create(server.url()).getPort();
        assertThatThrownBy(() -> new SandboxServer(port).close()).isInstanceOf(IllegalStateException.class);
    }

    private static int concurrent(HttpResponse<String> answer) {
        return Integer.parseInt(
                answer.headers().firstValue("Twilio-Concurrent-Requests").orElseThrow());
    }

    private HttpRequest create(String form) {
        String credentials = account.accountSid() + ":" + account.authToken();
        return HttpRequest.newBuilder(uri(CONVERSATIONS + account.conversationsServiceSid() + "/Conversations"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private URI uri(String path) {
        return URI.create(server.twilioUrl() + path);
    }
}
