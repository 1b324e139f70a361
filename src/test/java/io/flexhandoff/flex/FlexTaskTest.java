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
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    final TestCall call = TestCall.intoFlex("acme", IVR);

    @Autowired
    private CamelContext context;

    @Test
    void whatTheAiHasNotAcceptedIsRejectedAndRoutedAgainWithEverythingOnIt() {
        String task = call.tasks().get(0);
        assertThat(reservations(task)).extracting(Reservation::getWorkerSid).containsExactly(AI);

        escalate(task, reservations(task).get(0).getSid());

        call.awaitState("transferred");
        assertThat(call.tasks()).containsExactly(task);
        JsonNode attributes = call.twilio().attributesOf(task);
        handedOff(attributes);
        assertThat(attributes.get("call_sid").textValue()).isEqualTo(call.sid());
        assertThat(attributes.get("conversations")).isNull();
        assertThat(reservations(task))
                .extracting(Reservation::getReservationStatus)
                .containsExactlyInAnyOrder(Reservation.Status.REJECTED, Reservation.Status.PENDING);
        assertThat(call.twilio().queueOf(task)).isEqualTo("Human Support");
    }

    @Test
    void whatTheAiHasAcceptedIsEnqueuedAnewWithEverythingOnItAndOnlyTheAiIsDone() {
        String former = call.tasks().get(0);
        call.sandbox().accept(former);

        escalate(former, null);

        call.awaitState("transferred");
        assertThat(call.tasks()).hasSize(2);
        String task = call.tasks().get(1);
        JsonNode attributes = call.twilio().attributesOf(task);
        handedOff(attributes);
        assertThat(attributes.get("call_sid").textValue()).isEqualTo(call.sid());
        assertThat(attributes.get("conference"))
                .as("the conference with the AI is over")
                .isNull();
        assertThat(attributes.at("/conversations/media/0/type").textValue()).isEqualTo("ChatTranscript");
        await().until(() -> call.twilio().statusOf(former).equals("completed"));

        call.accept(task);
        assertThat(call.twilio()
                        .attributesOf(task)
                        .at("/conference/participants/customer")
                        .textValue())
                .isEqualTo(call.sid());
        assertThat(call.twilio().statusOf(task)).isEqualTo("assigned");
    }

    @Test
    void aLostAnswerMakesNeitherASecondTaskNorASecondWrite() {
        String former = call.tasks().get(0);
        call.sandbox().accept(former);
        loseAnswers(2, path -> path.contains("/Calls/"));

        escalate(former, reservations(former).get(0).getSid());

        call.awaitState("transferred");
        assertThat(call.tasks()).hasSize(2);
        await().until(() -> call.twilio().statusOf(former).equals("completed"));
    }

    @Test
    void aRejectionWhoseAnswerIsLostDoesNotTouchTheRep() {
        String task = call.tasks().get(0);
        loseAnswers(2, path -> path.contains("/Reservations/"));

        escalate(task, reservations(task).get(0).getSid());
        await().until(() -> call.twilio().attributesOf(task).has("handedOff"));
        call.accept(task);

        call.awaitState("transferred");
        assertThat(call.tasks()).containsExactly(task);
        assertThat(call.twilio().statusOf(task)).isEqualTo("assigned");
    }

    @Test
    void aRepsReservationIsNeverCompletedWhateverTheAiNames() {
        String task = call.tasks().get(0);
        escalate(task, null);
        call.awaitState("transferred");
        call.accept(task);
        String reps = reservations(task).stream()
                .filter(reservation -> reservation.getReservationStatus() == Reservation.Status.ACCEPTED)
                .map(Reservation::getSid)
                .findFirst()
                .orElseThrow();
        String other = call.sandbox().placeCall("+15550101", "+15550199");

        NotifyBuilder released = new NotifyBuilder(context)
                .wereSentTo("direct:release-reservation")
                .whenDone(1)
                .create();

        post(other, escalation(Map.of("taskSid", task, "reservationSid", reps)));

        await().until(() -> stateOf(other).equals("transferred"));
        assertThat(released.matches(20, TimeUnit.SECONDS)).isTrue();
        assertThat(call.twilio().statusOf(task)).isEqualTo("assigned");
        call.sandbox().hangUp(other);
    }

    @Test
    void aTaskThatIsGoneDoesNotKeepTheCallerFromARep() {
        call.escalate(escalation(Map.of("taskSid", "WT" + "0".repeat(32))));

        call.awaitState("transferred");
        assertThat(call.tasks()).hasSize(2);
        handedOffOnly(call.twilio().attributesOf(call.tasks().get(1)));
    }

    @Test
    void theAiReadsWhatRoutingPutOnTheTask() {
        JsonNode data = call.api().read("/calls/" + call.sid() + "/custom-data");

        assertThat(data.get("flex_ivrSelection").textValue()).isEqualTo("2 - billing");
        assertThat(data.get("flex_account_tier").textValue()).isEqualTo("gold");
        assertThat(data.get("flex_visits").textValue()).isEqualTo("[3,5]");
        assertThat(data.get("flex_call_sid").textValue()).isEqualTo(call.sid());
        assertThat(call.api().read("/calls/CA" + "0".repeat(32) + "/custom-data"))
                .isEmpty();
        assertThat(call.api().get("/calls/call-1/custom-data").statusCode()).isEqualTo(400);
    }

    @Test
    void attributesThatComeToTheSameNameAreReported() {
        String other = call.sandbox().placeCallIntoFlex("+15550101", "+15550199", Map.of("a-b", 1, "a_b", 2));

        var answer = call.api().get("/calls/" + other + "/custom-data");

        assertThat(ApiClient.tree(answer.body()).get("flex_a_b").intValue()).isEqualTo(2);
        assertThat(answer.headers().firstValue("Flex-Clashes")).contains("a-b");
        call.sandbox().hangUp(other);
    }

    /** While the handoff is merged, the workflow's owner writes too, with the official SDK, as Twilio's template does. */
    @Test
    void fiftyHandoffsLoseNoAttributeThatIsWrittenAtTheSameMoment() throws Exception {
        AtomicInteger overtaken = new AtomicInteger();
        for (int round = 1; round <= 50; round++) {
            String caller = call.sandbox().placeCallIntoFlex("+15550100", "+15550199", IVR);
            String task = call.sandbox().tasksOf(caller).get(0);
            CompletableFuture<Map<String, Integer>> written =
                    CompletableFuture.supplyAsync(() -> writeUntilHandedOff(task, overtaken));

            post(caller, escalation(Map.of("taskSid", task)));

            Map<String, Integer> theirs = written.get(30, TimeUnit.SECONDS);
            JsonNode attributes = call.twilio().attributesOf(task);
            handedOff(attributes);
            assertThat(attributes.get("call_sid").textValue()).isEqualTo(caller);
            theirs.forEach(
                    (name, value) -> assertThat(attributes.get(name).intValue()).isEqualTo(value));
            call.sandbox().hangUp(caller);
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
        TwilioRestClient sdk = call.client();
        while (true) {
            Response fetched = sdk.request(new Request(
                    HttpMethod.GET,
                    Domains.TASKROUTER.toString(),
                    "/v1/Workspaces/" + call.org().workspaceSid() + "/Tasks/" + task));
            Map<String, Object> attributes = Attributes.read(
                    Task.fromJson(fetched.getStream(), sdk.getObjectMapper()).getAttributes());
            boolean handedOff = attributes.containsKey("handedOff");
            attributes.put(name, value);
            try {
                Task.updater(call.org().workspaceSid(), task)
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
        String task = call.tasks().get(0);
        call.sandbox().accept(task);
        call.hangUp();

        escalate(task, null);

        call.awaitState("abandoned");
        await().until(() -> call.twilio().statusOf(task).equals("completed"));
        assertThat(call.tasks()).containsExactly(task);
    }

    @Test
    void whatIsNoTaskIsRefused() {
        var answer = call.post("/escalation", escalation(Map.of("taskSid", "task 1")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("task.taskSid");
        answer = call.post("/escalation", escalation(Map.of("taskSid", "WT" + "0".repeat(32), "reservationSid", "1")));
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
        call.sandbox().filter(exchange -> {
            boolean post = exchange.request().method().name().equals("POST");
            if (post && path.test(exchange.request().path()) && left.getAndDecrement() > 0) {
                exchange.addHeadersEndHandler(
                        headers -> exchange.request().connection().close());
            }
            exchange.next();
        });
    }

    private void escalate(String task, String reservation) {
        call.say(segment(1, "caller", "This bill is terrible."));
        Map<String, Object> named = new HashMap<>(Map.of("taskSid", task));
        if (reservation != null) {
            named.put("reservationSid", reservation);
        }
        call.escalate(escalation(named));
    }

    private void post(String callSid, Map<String, Object> escalation) {
        assertThat(call.api()
                        .post("/calls/" + callSid + "/escalation", escalation)
                        .statusCode())
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

    private String stateOf(String callSid) {
        return call.api().read("/handoffs/" + callSid).path("state").asText();
    }

    private List<Reservation> reservations(String task) {
        return call.twilio().reservationsOf(task);
    }
}
