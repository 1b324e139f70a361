package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.type.Twiml;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers hear, as their application's TwiML says. */
class LinesTest {

    private final SandboxAccount account = SandboxAccount.demo();
    private final SandboxServer server = new SandboxServer(0, account);
    private final TwilioRestClient twilio = SandboxClient.of(server, account);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer application;
    private String url;
    private String callSid;

    @BeforeEach
    void start() throws Exception {
        application = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        url = "http://127.0.0.1:" + application.getAddress().getPort();
        Map<String, String> answers = Map.of(
                "/wait",
                "<Gather numDigits='1' timeout='1' action='" + url
                        + "/key'><Say language='de-DE'>Bitte warten.</Say></Gather>",
                "/key",
                "<Leave/>",
                "/left",
                "<Say>Goodbye.</Say><Hangup/>");
        application.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path + " " + exchange.getRequestHeaders().containsKey("X-Twilio-Signature") + " "
                    + URLDecoder.decode(
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                            StandardCharsets.UTF_8));
            byte[] twiml = ("<Response>" + answers.get(path) + "</Response>").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, twiml.length);
            exchange.getResponseBody().write(twiml);
            exchange.close();
        });
        application.start();
        callSid = server.sandbox().placeCall("+15550100", "+15550199");
    }

    @AfterEach
    void stop() {
        application.stop(0);
        server.close();
    }

    private void redirect(String twiml) {
        Call.updater(account.accountSid(), callSid)
                .setTwiml(new Twiml("<Response>" + twiml + "</Response>"))
                .update(twilio);
    }

    @Test
    void whoWaitsHearsTheWaitUrlAndLeavesTheQueueByAKey() {
        redirect("<Enqueue workflowSid='" + account.workflowSid() + "' waitUrl='" + url + "/wait' action='" + url
                + "/left'><Task>{}</Task></Enqueue>");
        await().until(() -> server.sandbox().heard(callSid).contains("say de-DE: Bitte warten."));
        assertThat(asked.get(0)).startsWith("/wait true ").contains("CallSid=" + callSid, "&QueuePosition=1&");
        String task = server.sandbox().tasksOf(callSid).get(0);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            server.sandbox().press(callSid, "5");
            return !Call.fetcher(account.accountSid(), callSid)
                    .fetch(twilio)
                    .getStatus()
                    .equals(Call.Status.IN_PROGRESS);
        });

        assertThat(asked)
                .anySatisfy(
                        request -> assertThat(request).startsWith("/key true ").contains("&Digits=5"));
        assertThat(asked).last().asString().startsWith("/left true ").contains("&QueueResult=leave&");
        assertThat(server.sandbox().heard(callSid)).last().isEqualTo("say en-US: Goodbye.");
        assertThat(Task.fetcher(account.workspaceSid(), task).fetch(twilio).getAssignmentStatus())
                .isEqualTo(Task.Status.CANCELED);
    }

    @Test
    void aCallEndsWithItsDocument() {
        redirect("<Say>One.</Say><Pause length='1'/><Redirect>" + url + "/left</Redirect><Say>Never.</Say>");

        await().until(() -> Call.fetcher(account.accountSid(), callSid)
                .fetch(twilio)
                .getStatus()
                .equals(Call.Status.COMPLETED));
        assertThat(server.sandbox().heard(callSid)).containsExactly("say en-US: One.", "say en-US: Goodbye.");
    }

    @Test
    void whomARepHasHearsNothingMoreOfTheQueue() {
        redirect("<Enqueue workflowSid='" + account.workflowSid() + "' waitUrl='" + url
                + "/wait'><Task>{\"handedOff\":true}" + "</Task></Enqueue>");
        await().until(() -> !server.sandbox().heard(callSid).isEmpty());
        server.sandbox().accept(server.sandbox().tasksOf(callSid).get(0));
        int heard = server.sandbox().heard(callSid).size();

        server.sandbox().press(callSid, "5");
        assertThat(asked).noneMatch(request -> request.startsWith("/key"));
        assertThat(server.sandbox().heard(callSid)).hasSize(heard);
    }
}
