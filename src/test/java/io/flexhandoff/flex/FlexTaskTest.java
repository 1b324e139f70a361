package io.flexhandoff.flex;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioView;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A call that is a Flex task already, and how the AI gives it back (R4, R5, R10). */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.sandbox.enabled=true",
            "handoff.late.delays=100,200,300",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=acme-token-8f3a",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-worker.sid=WK00000000000000000000000000000011",
            "handoff.orgs.acme.api-keys=acme-key"
        })
class FlexTaskTest {

    private static final String AI = "WK00000000000000000000000000000011";
    private static final Map<String, Object> IVR =
            Map.of("ivrSelection", "2 - billing", "account-tier", "gold", "visits", List.of(3, 5));

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private Sandbox sandbox;
    private Org org;
    private TwilioView twilio;
    private ApiClient api;
    private String callSid;

    @BeforeEach
    void placeCall() {
        sandbox = runtime.sandbox().orElseThrow();
        org = runtime.twilio().org("acme");
        twilio = new TwilioView(org, runtime.twilio().forOrg("acme"));
        api = new ApiClient(runtime.port(), "acme", "acme-key");
        callSid = sandbox.placeCallIntoFlex("+15550100", "+15550199", IVR);
    }

    @AfterEach
    void hangUp() {
        sandbox.filter(RoutingContext::next);
        sandbox.hangUp(callSid);
        sandbox.tasksOf(callSid).forEach(task -> {
            if (twilio.statusOf(task).equals("wrapping")) {
                sandbox.complete(task);
            }
        });
    }

    @Test
    void whatTheAiHasNotAcceptedIsRejectedAndRoutedAgainWithEverythingOnIt() {
        String task = sandbox.tasksOf(callSid).get(0);
        assertThat(reservations(task)).extracting(Reservation::getWorkerSid).containsExactly(AI);

        escalate(task, reservations(task).get(0).getSid());

        await().until(() -> stateOf(callSid).equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        JsonNode attributes = twilio.attributesOf(task);
        handedOff(attributes);
        assertThat(attributes.get("call_sid").textValue()).isEqualTo(callSid);
        assertThat(attributes.get("conversations")).isNull();
        assertThat(reservations(task))
                .extracting(Reservation::getReservationStatus)
                .containsExactlyInAnyOrder(Reservation.Status.REJECTED, Reservation.Status.PENDING);
        assertThat(twilio.queueOf(task)).isEqualTo("Human Support");
    }

    @Test
    void whatTheAiHasAcceptedIsEnqueuedAnewWithEverythingOnItAndOnlyTheAiIsDone() {
        String former = sandbox.tasksOf(callSid).get(0);
        sandbox.accept(former);

        escalate(former, null);

        await().until(() -> stateOf(callSid).equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        String task = sandbox.tasksOf(callSid).get(1);
        JsonNode attributes = twilio.attributesOf(task);
        handedOff(attributes);
        assertThat(attributes.get("call_sid").textValue()).isEqualTo(callSid);
        assertThat(attributes.get("conference"))
                .as("the conference with the AI is over")
                .isNull();
        assertThat(attributes.at("/conversations/media/0/type").textValue()).isEqualTo("ChatTranscript");
        await().until(() -> twilio.statusOf(former).equals("completed"));

        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(task));
        assertThat(twilio.attributesOf(task)
                        .at("/conference/participants/customer")
                        .textValue())
                .isEqualTo(callSid);
        assertThat(twilio.statusOf(task)).isEqualTo("assigned");
    }

    @Test
    void aLostAnswerMakesNeitherASecondTaskNorASecondWrite() {
        String former = sandbox.tasksOf(callSid).get(0);
        sandbox.accept(former);
        loseAnswers(2, path -> path.contains("/Calls/"));

        escalate(former, reservations(former).get(0).getSid());

        await().until(() -> stateOf(callSid).equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        await().until(() -> twilio.statusOf(former).equals("completed"));
    }

    @Test
    void aRejectionWhoseAnswerIsLostDoesNotTouchTheRep() {
        String task = sandbox.tasksOf(callSid).get(0);
        loseAnswers(2, path -> path.contains("/Reservations/"));

        escalate(task, reservations(task).get(0).getSid());
        await().until(() -> twilio.attributesOf(task).has("handedOff"));
        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(task));

        await().until(() -> stateOf(callSid).equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
        assertThat(twilio.statusOf(task)).isEqualTo("assigned");
    }

    @Test
    void aRepsReservationIsNeverCompletedWhateverTheAiNames() {
        String task = sandbox.tasksOf(callSid).get(0);
        escalate(task, null);
        await().until(() -> stateOf(callSid).equals("transferred"));
        await().ignoreExceptions().untilAsserted(() -> sandbox.accept(task));
        String reps = reservations(task).stream()
                .filter(reservation -> reservation.getReservationStatus() == Reservation.Status.ACCEPTED)
                .map(Reservation::getSid)
                .findFirst()
                .orElseThrow();
        String other = sandbox.placeCall("+15550101", "+15550199");

        NotifyBuilder released = new NotifyBuilder(context)
                .wereSentTo("direct:release-reservation")
                .whenDone(1)
                .create();

        post(other, escalation(Map.of("taskSid", task, "reservationSid", reps)));

        await().until(() -> stateOf(other).equals("transferred"));
        assertThat(released.matches(20, TimeUnit.SECONDS)).isTrue();
        assertThat(twilio.statusOf(task)).isEqualTo("assigned");
        sandbox.hangUp(other);
    }

    @Test
    void aTaskThatIsGoneDoesNotKeepTheCallerFromARep() {
        post(callSid, escalation(Map.of("taskSid", "WT" + "0".repeat(32))));

        await().until(() -> stateOf(callSid).equals("transferred"));
        assertThat(sandbox.tasksOf(callSid)).hasSize(2);
        handedOffOnly(twilio.attributesOf(sandbox.tasksOf(callSid).get(1)));
    }

    @Test
    void theAiReadsWhatRoutingPutOnTheTask() {
        JsonNode data = api.read("/calls/" + callSid + "/custom-data");

        assertThat(data.get("flex_ivrSelection").textValue()).isEqualTo("2 - billing");
        assertThat(data.get("flex_account_tier").textValue()).isEqualTo("gold");
        assertThat(data.get("flex_visits").textValue()).isEqualTo("[3,5]");
        assertThat(data.get("flex_call_sid").textValue()).isEqualTo(callSid);
        assertThat(api.read("/calls/CA" + "0".repeat(32) + "/custom-data")).isEmpty();
        assertThat(api.get("/calls/call-1/custom-data").statusCode()).isEqualTo(400);
    }

    @Test
    void attributesThatComeToTheSameNameAreReported() {
        String other = sandbox.placeCallIntoFlex("+15550101", "+15550199", Map.of("a-b", 1, "a_b", 2));

        var answer = api.get("/calls/" + other + "/custom-data");

        assertThat(ApiClient.tree(answer.body()).get("flex_a_b").intValue()).isEqualTo(2);
        assertThat(answer.headers().firstValue("Flex-Clashes")).contains("a-b");
        sandbox.hangUp(other);
    }

    /** While the handoff is merged, the workflow's owner writes too, with the official SDK, as Twilio's template does. */
    @Test
    void fiftyHandoffsLoseNoAttributeThatIsWrittenAtTheSameMoment() throws Exception {
        AtomicInteger overtaken = new AtomicInteger();
        for (int round = 1; round <= 50; round++) {
            String call = sandbox.placeCallIntoFlex("+15550100", "+15550199", IVR);
            String task = sandbox.tasksOf(call).get(0);
            CompletableFuture<Map<String, Integer>> written =
                    CompletableFuture.supplyAsync(() -> writeUntilHandedOff(task, overtaken));

            post(call, escalation(Map.of("taskSid", task)));

            Map<String, Integer> theirs = written.get(30, TimeUnit.SECONDS);
            JsonNode attributes = twilio.attributesOf(task);
            handedOff(attributes);
            assertThat(attributes.get("call_sid").textValue()).isEqualTo(call);
            theirs.forEach(
                    (name, value) -> assertThat(attributes.get(name).intValue()).isEqualTo(value));
            sandbox.hangUp(call);
        }
        assertThat(overtaken).as("both wrote at the same moment at times").hasPositiveValue();
    }

    /** Gives the attributes that were written, at least one of them after the handoff's; few enough for Twilio's limit. */
    private Map<String, Integer> writeUntilHandedOff(String task, AtomicInteger overtaken) {
        Map<String, Integer> written = new HashMap<>();
        boolean last = false;
        for (int i = 1; !last; i++) {
            String name = "theirs" + i % 20;
            last = writeOne(task, name, i, overtaken);
            written.put(name, i);
        }
        return written;
    }

    private boolean writeOne(String task, String name, int value, AtomicInteger overtaken) {
        TwilioRestClient sdk = runtime.twilio().forOrg("acme");
        while (true) {
            Response fetched = sdk.request(new Request(
                    HttpMethod.GET,
                    Domains.TASKROUTER.toString(),
                    "/v1/Workspaces/" + org.workspaceSid() + "/Tasks/" + task));
            Map<String, Object> attributes = Attributes.read(
                    Task.fromJson(fetched.getStream(), sdk.getObjectMapper()).getAttributes());
            boolean handedOff = attributes.containsKey("handedOff");
            attributes.put(name, value);
            try {
                Task.updater(org.workspaceSid(), task)
                        .setAttributes(Attributes.write(attributes))
                        .setIfMatch(etag(fetched.getHeaders()))
                        .update(sdk);
                return handedOff;
            } catch (ApiException e) {
                assertThat(e.getStatusCode()).isEqualTo(412);
                overtaken.incrementAndGet();
            }
        }
    }

    private static String etag(Header[] headers) {
        return Stream.of(headers)
                .filter(header -> header.getName().equalsIgnoreCase("ETag"))
                .map(NameValuePair::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallerWhoHangsUpFirstIsANormalEnd() {
        String task = sandbox.tasksOf(callSid).get(0);
        sandbox.accept(task);
        sandbox.hangUp(callSid);

        escalate(task, null);

        await().until(() -> stateOf(callSid).equals("abandoned"));
        await().until(() -> twilio.statusOf(task).equals("completed"));
        assertThat(sandbox.tasksOf(callSid)).containsExactly(task);
    }

    @Test
    void whatIsNoTaskIsRefused() {
        var answer = api.post("/calls/" + callSid + "/escalation", escalation(Map.of("taskSid", "task 1")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("task.taskSid");
        answer = api.post(
                "/calls/" + callSid + "/escalation",
                escalation(Map.of("taskSid", "WT" + "0".repeat(32), "reservationSid", "1")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("task.reservationSid");
    }

    private static void handedOff(JsonNode attributes) {
        handedOffOnly(attributes);
        assertThat(attributes.get("ivrSelection").textValue()).isEqualTo("2 - billing");
        assertThat(attributes.get("account-tier").textValue()).isEqualTo("gold");
        assertThat(attributes.get("visits").toString()).isEqualTo("[3,5]");
    }

    private static void handedOffOnly(JsonNode attributes) {
        assertThat(attributes.get("handedOff").booleanValue()).isTrue();
        assertThat(attributes.get("handoffReason").textValue()).isEqualTo("Billing dispute");
        assertThat(attributes.get("handoffSummary").textValue()).isNotBlank();
        assertThat(attributes.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(attributes.get("handoffLanguage").textValue()).isEqualTo("en");
        assertThat(attributes.get("handoffTimestamp").textValue()).isEqualTo("2026-11-20T09:00:05Z");
        assertThat(attributes.get("conversationSid").textValue()).startsWith("CH");
        assertThat(attributes.get("ticket").intValue()).isEqualTo(42);
    }

    /** The request is carried out, but its answer never arrives. */
    private void loseAnswers(int count, Predicate<String> path) {
        AtomicInteger left = new AtomicInteger(count);
        sandbox.filter(exchange -> {
            boolean post = exchange.request().method().name().equals("POST");
            if (post && path.test(exchange.request().path()) && left.getAndDecrement() > 0) {
                exchange.addHeadersEndHandler(
                        headers -> exchange.request().connection().close());
            }
            exchange.next();
        });
    }

    private void escalate(String task, String reservation) {
        api.post(
                "/calls/" + callSid + "/transcript",
                Map.of("segments", List.of(segment(1, "caller", "This bill is terrible."))));
        Map<String, Object> named = new HashMap<>(Map.of("taskSid", task));
        if (reservation != null) {
            named.put("reservationSid", reservation);
        }
        post(callSid, escalation(named));
    }

    private void post(String call, Map<String, Object> escalation) {
        assertThat(api.post("/calls/" + call + "/escalation", escalation).statusCode())
                .isEqualTo(202);
    }

    private static Map<String, Object> escalation(Map<String, Object> task) {
        return Map.of(
                "id", "e1",
                "occurredAt", "2026-11-20T09:00:05Z",
                "reason", "Billing dispute",
                "sentiment", "negative",
                "language", "en",
                "customData", Map.of("ticket", 42, "call_sid", "forged"),
                "task", task);
    }

    private String stateOf(String call) {
        return api.read("/handoffs/" + call).path("state").asText();
    }

    private List<Reservation> reservations(String task) {
        return twilio.reservationsOf(task);
    }
}
