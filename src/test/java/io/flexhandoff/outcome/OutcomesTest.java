package io.flexhandoff.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.org.Org;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.ArtemisProcess;
import io.flexhandoff.support.PlainHandoff;
import io.flexhandoff.support.Routing;
import io.flexhandoff.support.TwilioPost;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why nobody took a call, and what is reported when it ends right after somebody has. */
class OutcomesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN = "t0ken";

    /** What the AI phone platform was told, by call. */
    private static final Map<String, List<JsonNode>> HEARD = new ConcurrentHashMap<>();

    private static final String HOOK = """
            - route:
                id: page-on-cut
                group: handoff
                description: Keeps what a team would be told of.
                routeConfigurationId: inner
                from:
                  uri: direct
                  parameters:
                    name: on-handoff-cut
                  steps:
                    - setBody:
                        id: words-on-cut
                        expression:
                          simple:
                            expression: "${body[outcome][result]}: ${variable.cause}"
                    - to:
                        id: to-file-on-cut
                        uri: file
                        parameters:
                          directoryName: %s
                          fileName: ${variable.callSid}
            """;

    @TempDir
    private static Path data;

    private static HttpServer platform;
    private static SandboxServer server;
    private static PlainHandoff handoff;
    private static Sandbox sandbox;
    private static Org org;
    private static TwilioRestClient twilio;
    private static Routing routing;

    @BeforeAll
    static void start() throws Exception {
        platform = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        platform.createContext("/outcomes", exchange -> {
            JsonNode told = ApiClient.tree(new String(exchange.getRequestBody().readAllBytes()));
            HEARD.computeIfAbsent(told.at("/data/callSid").textValue(), call -> new CopyOnWriteArrayList<>())
                    .add(told.get("data"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        platform.start();
        server = new SandboxServer(0);
        sandbox = server.sandbox();
        Path routes = Files.createDirectory(data.resolve("routes"));
        Files.writeString(routes.resolve("on-cut.camel.yaml"), HOOK.formatted(data.resolve("told")));
        Map<String, String> settings = new HashMap<>();
        int port = ArtemisProcess.freePort();
        String address = "http://localhost:" + port;
        settings.put("handoff.http.port", Integer.toString(port));
        settings.put("handoff.public-url", address);
        settings.put("handoff.data-dir", data.toString());
        settings.put("handoff.routes-dir", routes.toString());
        settings.put("handoff.orgs.demo.webhook-token", TOKEN);
        settings.put(
                "handoff.orgs.demo.outcome-url",
                "http://localhost:" + platform.getAddress().getPort() + "/outcomes");
        settings.put("handoff.orgs.demo.outcome-secret", "0123456789abcdef01234567");
        settings.put("handoff.late.delays", "100ms,200ms,1s");
        settings.put("handoff.transfer.delays", "100ms");
        settings.put("handoff.transfer.limit", "1s");
        settings.put("handoff.reconcile.period", "300ms");
        settings.put("handoff.availability.fresh", "100ms");
        settings.put("handoff.twilio.breaker-wait", "500ms");
        handoff = new PlainHandoff(server, settings);
        org = handoff.runtime().twilio().org("demo");
        sandbox.connect(org.accountSid(), address + "/webhooks/demo/" + TOKEN);
        twilio = handoff.runtime().twilio().forOrg("demo");
        routing = new Routing(org, twilio);
    }

    @AfterAll
    static void stop() {
        platform.stop(0);
        handoff.close();
        server.close();
    }

    @AfterEach
    void heal() {
        sandbox.faults().clear();
    }

    @Test
    void aRepWhoDeclinesIsTold() {
        Routing.Team team = team("Available");
        String callSid = escalate(team);
        Reservation offered = Reservation.reader(org.workspaceSid(), task(callSid))
                .read(twilio)
                .iterator()
                .next();
        Reservation.updater(org.workspaceSid(), task(callSid), offered.getSid())
                .setReservationStatus(Reservation.Status.REJECTED)
                .setWorkerActivitySid(routing.activity("Offline"))
                .update(twilio);
        cancel(callSid);

        JsonNode outcome = told(callSid, "declined");
        assertThat(outcome.get("tryAgain").booleanValue()).isTrue();
        assertThat(outcome.get("sentence").textValue()).isEqualTo("Es konnte niemand Ihren Anruf annehmen.");
        assertThat(handoff(callSid).get("state").textValue()).isEqualTo("failed");
    }

    @Test
    void aQueueWhereNobodyIsSignedInIsTold() {
        String callSid = escalate(team("Offline"));
        cancel(callSid);

        JsonNode outcome = told(callSid, "no-one-there");
        assertThat(outcome.get("tryAgain").booleanValue()).isFalse();
        assertThat(outcome.get("sentence").textValue())
                .isEqualTo("Im Moment ist niemand da, der Ihren Anruf annehmen kann.");
    }

    /** On a break is signed in. */
    @Test
    void aQueueWhoseRepsAreAllAwayForAMomentIsUnanswered() {
        String callSid = escalate(team("Break"));
        cancel(callSid);
        told(callSid, "unanswered");
    }

    @Test
    void whatTaskRouterDoesNotSayIsUnanswered() {
        String callSid = escalate(team("Offline"));
        sandbox.faults().add(Fault.answer(503).product("taskrouter").path("**/Reservations"));
        cancel(callSid);
        told(callSid, "unanswered");
    }

    @Test
    void aTransferThatTwilioDoesNotCarryOutInTimeIsUnreachable() {
        sandbox.faults().add(Fault.answer(503).product("api").method("POST"));
        String callSid = place(team("Available"));

        JsonNode outcome = told(callSid, "unreachable");
        assertThat(outcome.get("tryAgain").booleanValue()).isTrue();
        assertThat(outcome.get("sentence").textValue()).isEqualTo("Ich konnte Sie nicht verbinden.");
        assertThat(HEARD.get(callSid).get(0).get("cause").textValue()).contains("503");
    }

    @Test
    void aCallThatIsOverRightAfterTheAcceptIsReportedOnce() throws Exception {
        String callSid = escalate(team("Available"));
        String recording = sandbox.record(callSid);
        accept(callSid);
        told(callSid, "accepted");
        sandbox.hangUp(callSid);

        JsonNode outcome = told(callSid, "cut");
        assertThat(outcome.get("tryAgain").booleanValue()).isFalse();
        assertThat(outcome.get("sentence").textValue()).isEqualTo("Ihr Gespräch wurde unterbrochen.");
        JsonNode shown = handoff(callSid);
        assertThat(shown.get("state").textValue()).isEqualTo("completed");
        String cause = step(shown, "cut").get("cause").textValue();
        assertThat(cause)
                .matches("cut \\d+ s after the accept; Twilio has the call as completed after \\d+ s; its conference"
                        + " ended by the caller's line, participant-with-end-conference-on-exit-left; recording "
                        + recording);
        Path hook = data.resolve("told").resolve(callSid);
        await().atMost(PATIENCE).until(() -> Files.exists(hook) && Files.size(hook) > 0);
        assertThat(Files.readString(hook)).isEqualTo("accepted: " + cause);
        assertThat(HEARD.get(callSid))
                .extracting(each -> each.at("/outcome/result").textValue())
                .containsExactly("accepted", "cut");
        assertThat(HEARD.get(callSid).get(1).get("cause").textValue()).isEqualTo(cause);
    }

    @Test
    void whoseLineEndedItIsNamed() {
        String callSid = escalate(team("Available"));
        accept(callSid);
        told(callSid, "accepted");
        sandbox.faults().add(Fault.answer(403).product("api").path("**/Recordings.json"));
        sandbox.wrapUp(task(callSid));
        told(callSid, "cut");
        assertThat(step(handoff(callSid), "cut").get("cause").textValue())
                .contains("its conference ended by CA")
                .doesNotContain("caller's", "recording");
    }

    /** A rep who has passed the call on is done with the task; the call is cut when its line ends, and that is soon. */
    @Test
    void aTaskThatIsOverIsNoCutWhileItsCallGoesOn() {
        String callSid = escalate(team("Available"));
        accept(callSid);
        told(callSid, "accepted");
        Task.updater(org.workspaceSid(), task(callSid))
                .setAssignmentStatus(Task.Status.COMPLETED)
                .setReason("passed on")
                .update(twilio);
        await().atMost(PATIENCE).until(() -> looks(callSid) == 2);
        await().during(Duration.ofMillis(500)).until(() -> looks(callSid) == 2);
        assertThat(handoff(callSid).at("/outcome/result").textValue()).isEqualTo("accepted");

        sandbox.hangUp(callSid);
        TwilioPost.to(handoff.runtime().port(), "/voice/demo/" + TOKEN + "/status", org.authToken())
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid)
                .with("CallStatus", "completed")
                .send();
        told(callSid, "cut");
    }

    private static long looks(String callSid) {
        return sandbox.requests().stream()
                .filter(request ->
                        request.method().equals("GET") && request.path().endsWith("/Calls/" + callSid + ".json"))
                .count();
    }

    /** Waits until the handoff shows it and the platform has been told the same. @return the outcome */
    private static JsonNode told(String callSid, String result) {
        JsonNode outcome = await().atMost(PATIENCE)
                .until(
                        () -> handoff(callSid).path("outcome"),
                        shown -> result.equals(shown.path("result").textValue()));
        await().atMost(PATIENCE).until(() -> HEARD.getOrDefault(callSid, List.of()).stream()
                .anyMatch(told -> told.get("outcome").equals(outcome)));
        return outcome;
    }

    private static JsonNode handoff(String callSid) {
        return handoff.api().read("/handoffs/" + callSid);
    }

    private static JsonNode step(JsonNode shown, String name) {
        return StreamSupport.stream(shown.get("steps").spliterator(), false)
                .filter(step -> step.get("step").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String place(Routing.Team team) {
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        handoff.api()
                .post(
                        "/calls/" + callSid + "/escalation",
                        Map.of(
                                "id",
                                "e1",
                                "occurredAt",
                                Instant.now().toString(),
                                "language",
                                "de",
                                "workflowSid",
                                team.workflow()));
        return callSid;
    }

    /** @return a call that waits in the workflow, as the ledger knows */
    private static String escalate(Routing.Team team) {
        String callSid = place(team);
        await().atMost(PATIENCE).until(() -> handoff(callSid).has("taskSid"));
        return callSid;
    }

    private static String task(String callSid) {
        return sandbox.tasksOf(callSid).get(0);
    }

    private static void accept(String callSid) {
        sandbox.accept(task(callSid));
    }

    private static void cancel(String callSid) {
        routing.timeOut(task(callSid));
    }

    /** A team of one rep. */
    private static Routing.Team team(String activity) {
        Routing.Team team = routing.team();
        team.worker(activity, "de");
        return team;
    }
}
