package io.flexhandoff.twilio;

import static io.flexhandoff.twilio.FailureKind.FINAL;
import static io.flexhandoff.twilio.FailureKind.GONE;
import static io.flexhandoff.twilio.FailureKind.NOT_DONE;
import static io.flexhandoff.twilio.FailureKind.PERHAPS_DONE;
import static io.flexhandoff.twilio.StubTwilio.error;
import static io.flexhandoff.twilio.StubTwilio.hangUp;
import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.twilio.exception.ApiException;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.twilio.StubTwilio.Answer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.RuntimeCamelException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of failure, from real servers that fail. */
class FailureKindTest {

    private static final String THREAD = "CH" + "5".repeat(32);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final StubTwilio twilio = new StubTwilio();

    @AfterEach
    void stop() {
        twilio.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("too many requests", error(429, 20429), NOT_DONE),
                arguments("If-Match did not match", error(412, 20412), NOT_DONE),
                arguments("busy, come back", status(503, "{}", "retry-after", "1"), NOT_DONE),
                arguments("busy", error(503, 20503), PERHAPS_DONE),
                arguments("broken", error(500, 20500), PERHAPS_DONE),
                arguments("a gateway's page", status(502, "<html>Bad gateway</html>"), PERHAPS_DONE),
                arguments("an error without a word", status(500, ""), PERHAPS_DONE),
                arguments("done, but garbled", status(201, "<html>Welcome</html>"), PERHAPS_DONE),
                arguments("done, but empty", status(201, ""), PERHAPS_DONE),
                arguments("done, but of another shape", status(201, "{\"index\":\"first\"}"), PERHAPS_DONE),
                arguments("a redirect", status(307, "", "Location", "/elsewhere"), PERHAPS_DONE),
                arguments("hung up", hangUp(), PERHAPS_DONE),
                arguments("bad request", error(400, 20001), FINAL),
                arguments("unauthorized", error(401, 20003), FINAL),
                arguments("not found", error(404, 20404), FINAL),
                arguments("a proxy's 404", status(404, "<html>?</html>"), FINAL),
                arguments("caller hung up", error(400, 21220), GONE),
                arguments("thread is closed", error(403, 50377), GONE));
    }

    @ParameterizedTest(name = "{0} is {2}")
    @MethodSource("answers")
    void answersOfAServer(String what, Answer answer, FailureKind kind) throws IOException {
        twilio.answering(answer);
        try (TwilioClients clients = twilio.clients()) {
            assertThat(kindOf(clients)).isEqualTo(kind);
        }
        assertThat(twilio.asked()).hasSize(1);
    }

    @Test
    void aSilentServerMayHaveDoneIt() throws IOException {
        twilio.answering(twilio.silence());
        try (TwilioClients clients = twilio.clients()) {
            assertThat(kindOf(clients)).isEqualTo(PERHAPS_DONE);
        }
        assertThat(twilio.asked()).hasSize(1);
    }

    @Test
    void nothingListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(kindAt("http://localhost:" + port)).isEqualTo(NOT_DONE);
    }

    @Test
    void noSuchHost() throws IOException {
        assertThat(kindAt("http://no-such-host.invalid")).isEqualTo(NOT_DONE);
    }

    @Test
    void aServerThatAcceptsAndHangsUp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> hangsUp = CompletableFuture.runAsync(() -> acceptAndClose(socket));
            assertThat(kindAt("http://localhost:" + socket.getLocalPort())).isEqualTo(PERHAPS_DONE);
            hangsUp.join();
        }
    }

    @Test
    void aServerTooBusyToAccept() throws IOException {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(socket, queued);
            assertThat(kindAt("http://127.0.0.1:" + socket.getLocalPort())).isEqualTo(NOT_DONE);
        } finally {
            for (Socket each : queued) {
                each.close();
            }
        }
    }

    @Test
    void noConnectionFree() throws IOException {
        twilio.answering(twilio.silence());
        TwilioSettings one = new TwilioSettings(twilio.url(), SHORT, Duration.ofSeconds(20), 1, null);
        try (TwilioClients clients = StubTwilio.clients(one)) {
            CompletableFuture<FailureKind> first = CompletableFuture.supplyAsync(() -> kindOf(clients));
            Awaitility.await().until(() -> twilio.asked().size() == 1);
            assertThat(kindOf(clients)).isEqualTo(NOT_DONE);
            twilio.close();
            assertThat(first.join()).isEqualTo(PERHAPS_DONE);
        }
        assertThat(twilio.asked()).hasSize(1);
    }

    @Test
    void theKindIsSeenThroughWrappers() throws IOException {
        twilio.answering(error(429, 20429));
        try (TwilioClients clients = twilio.clients()) {
            Throwable failure = catchThrowable(() -> post(clients));
            assertThat(FailureKind.of(new RuntimeCamelException(new InvocationTargetException(failure))))
                    .isEqualTo(NOT_DONE);
            assertThat(failure).isInstanceOf(ApiException.class);
        }
    }

    @Test
    void badInputIsFinalAndTheUnknownIsNot() {
        assertThat(FailureKind.of(new IllegalArgumentException("No org"))).isEqualTo(FINAL);
        assertThat(FailureKind.of(new IllegalStateException("Connection pool shut down")))
                .isEqualTo(PERHAPS_DONE);
    }

    private static FailureKind kindAt(String url) throws IOException {
        try (TwilioClients clients =
                StubTwilio.clients(new TwilioSettings(URI.create(url), SHORT, Duration.ofSeconds(2), null, null))) {
            return kindOf(clients);
        }
    }

    private static FailureKind kindOf(TwilioClients clients) {
        return FailureKind.of(catchThrowable(() -> post(clients)));
    }

    private static void post(TwilioClients clients) {
        Message.creator(StubTwilio.ACME.conversationsServiceSid(), THREAD)
                .setBody("hello")
                .create(clients.forOrg("acme"));
    }

    private static void acceptAndClose(ServerSocket socket) {
        try {
            socket.accept().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Connects until the listen queue is full, so that the next connection gets no answer. */
    private static void fill(ServerSocket server, List<Socket> queued) throws IOException {
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (java.net.SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("The listen queue never filled");
    }
}
