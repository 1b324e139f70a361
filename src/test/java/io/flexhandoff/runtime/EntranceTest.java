package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.api.Admission;
import io.flexhandoff.api.ApiKeys;
import io.flexhandoff.component.callevents.Backlog;
import io.flexhandoff.door.MissedDoors;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.health.DataDisk;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.metrics.OrgTag;
import io.flexhandoff.org.KeyScope;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.StubTwilio;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port that cannot be filled up: what a request gets before its body is read, and how long it may take. */
@Timeout(20)
class EntranceTest {

    private static final int LARGEST = 100_000;
    private static final String CALL = "/api/v1/orgs/acme/calls/CA" + "1".repeat(32);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Socket> open = new ArrayList<>();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        HttpSettings settings =
                new HttpSettings("127.0.0.1", 0, LARGEST, 8, 4, Duration.ofMillis(700), Duration.ofMillis(1500));
        Orgs orgs = new Orgs(Map.of("acme", StubTwilio.ACME));
        Entrance entrance = new Entrance(
                settings,
                new BodyRoom(4 * LARGEST),
                new Admission(
                        new ApiKeys(orgs, KeyScope.EVENTS),
                        new Backlog(),
                        Duration.ofSeconds(2),
                        new DataDisk(null, 0)),
                new MissedDoors(orgs, new RejectedRequests(Clock.systemUTC())),
                new HandoffMetrics(meters, new OrgTag(orgs), Clock.systemUTC()));
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        entrance.guard(router);
        router.route()
                .handler(entrance::readBody)
                .handler(request -> request.end(request.body().length() + " bytes"));
        server = vertx.createHttpServer(settings.server())
                .connectionHandler(entrance::connected)
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A request of which more may follow. */
    private Socket send(String operation, String key, String length, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        open.add(socket);
        String head = "POST " + operation + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + key + "\r\n" + length + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket sendHalf(String operation, int bytes) throws IOException {
        return send(CALL + operation, "acme-key", "Content-Length: " + bytes, "{");
    }

    /** The answer, or as much as comes of it; empty when the connection is closed without one. */
    private static String answer(Socket socket) throws IOException {
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
            text.append(line).append('\n');
            length = line.toLowerCase().startsWith("content-length:")
                    ? Integer.parseInt(line.substring(15).strip())
                    : length;
        }
        for (int i = 0; i < length; i++) {
            text.append((char) answer.read());
        }
        return text.toString();
    }

    @Test
    void aRequestIsJudgedByItsHead() throws Exception {
        String half = "Content-Length: 90000";
        assertThat(answer(send(CALL + "/transcript", "of-nobody", half, "{")))
                .startsWith("HTTP/1.1 401")
                .contains("Authorization must carry a bearer key");
        assertThat(answer(send("/api/v1/orgs/globex/calls/CA1/end", "acme-key", half, "{")))
                .startsWith("HTTP/1.1 404")
                .contains("there is no org 'globex' for this key");
        assertThat(answer(send(CALL + "/nothing", "acme-key", half, "{"))).startsWith("HTTP/1.1 404");
        assertThat(answer(send(CALL + "/escalation", "acme-key", "Content-Length: 100001", "{")))
                .startsWith("HTTP/1.1 413")
                .contains("more than 100000 bytes");
        assertThat(meters.get("handoff.requests.refused")
                        .tag("status", "401")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void largeBodiesAreRefusedBeforeTheyFillTheMemoryAndSmallOnesAndEscalationsAreTheLast() throws Exception {
        for (int i = 0; i < 3; i++) {
            sendHalf("/transcript", LARGEST);
        }
        assertThat(answer(sendHalf("/transcript", LARGEST)))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("Retry-After: 1")
                .contains("nothing was taken in");
        assertThat(answer(send(
                        CALL + "/transcript",
                        "acme-key",
                        "Transfer-Encoding: chunked",
                        "20000\r\n" + "x".repeat(131072))))
                .as("long, and does not say how long")
                .startsWith("HTTP/1.1 503");
        assertThat(answer(send(CALL + "/transcript", "acme-key", "Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n")))
                .endsWith("2 bytes");
        assertThat(answer(send(CALL + "/transcript", "acme-key", "Content-Length: 2", "{}")))
                .endsWith("2 bytes");
        assertThat(answer(send(CALL + "/escalation", "acme-key", "Content-Length: 50000", "x".repeat(50_000))))
                .endsWith("50000 bytes");
    }

    @Test
    void roomIsGivenBackByWhoeverLeaves() throws Exception {
        for (int i = 0; i < 3; i++) {
            sendHalf("/transcript", LARGEST);
        }
        assertThat(answer(sendHalf("/transcript", LARGEST))).startsWith("HTTP/1.1 503");
        for (Socket socket : open) {
            assertThat(answer(socket)).as("cut off after the request's time").isEmpty();
        }
        assertThat(answer(send(CALL + "/transcript", "acme-key", "Content-Length: 80000", "x".repeat(80_000))))
                .endsWith("80000 bytes");
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        open.add(silent);
        assertThat(answer(silent)).isEmpty();
    }

    @Test
    void oneConnectionTooManyIsClosedAndAnotherTakesThePlaceOfOneThatEnded() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertThat(answer(send(CALL + "/end", "acme-key", "Content-Length: 2", "{}")))
                    .endsWith("2 bytes");
        }
        assertThat(answer(new Socket(InetAddress.getLoopbackAddress(), server.actualPort())))
                .isEmpty();
        for (Socket socket : open) {
            assertThat(socket.getInputStream().read()).as("idle").isEqualTo(-1);
        }
        assertThat(answer(send(CALL + "/end", "acme-key", "Content-Length: 2", "{}")))
                .endsWith("2 bytes");
    }
}
