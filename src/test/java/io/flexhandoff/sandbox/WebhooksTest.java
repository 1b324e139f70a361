package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.security.RequestValidator;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.StandingFault;
import io.flexhandoff.twilio.WebhookSigning;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest extends SandboxTest {

    private record Received(Map<String, String> form, String signature, String settings) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/held")) {
                awaitRelease();
            }
            received.add(new Received(
                    form(body),
                    exchange.getRequestHeaders().getFirst("X-Twilio-Signature"),
                    exchange.getRequestHeaders().getFirst("X-Twilio-Webhooks-Signature-Settings")));
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/broken") ? 500 : 204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        held.countDown();
        receiver.stop(0);
    }

    @Test
    void theEventsOfATaskArriveSignedAndInOrder() {
        String url = url("/events?org=acme");
        callback(url + "#rc=2&rp=all", "");
        Task task = enqueued("{\"handedOff\":true,\"name\":\"Zoë & co\"}");
        sandbox.accept(task.getSid());
        sandbox.wrapUp(task.getSid());
        sandbox.complete(task.getSid());

        await().until(() -> types().contains("task.completed"));
        assertThat(types())
                .containsExactly(
                        "task.created",
                        "workflow.entered",
                        "workflow.target-matched",
                        "task-queue.entered",
                        "reservation.created",
                        "reservation.accepted",
                        "task.updated",
                        "reservation.wrapup",
                        "task.wrapup",
                        "reservation.completed",
                        "task.completed");
        RequestValidator validator = new RequestValidator(account.authToken());
        assertThat(received).allMatch(event -> validator.validate(url, event.form(), event.signature()));
        assertThat(new RequestValidator("wrong")
                        .validate(url, received.get(0).form(), received.get(0).signature()))
                .isFalse();
    }

    @Test
    void aSharedKeySignsWhereARuleSaysSo() throws Exception {
        String url = url("/events");
        callback(url, "task.created");
        sandbox.sign(account.accountSid(), WebhookSigning.withSharedKey("WK2026", "the secret"));
        enqueued("{}");
        await().until(() -> received.size() == 1);

        Received event = received.get(0);
        StringBuilder signed = new StringBuilder(url);
        event.form().forEach((name, value) -> signed.append(name).append(value));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("the secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(event.settings()).isEqualTo("key=WK2026,algorithm=HMAC_SHA256");
        assertThat(event.signature())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8))));

        sandbox.sign(account.accountSid(), WebhookSigning.withAuthToken(account.authToken()));
        enqueued("{}");
        await().until(() -> received.size() == 2);
        assertThat(received.get(1).settings()).isNull();
        assertThat(new RequestValidator(account.authToken())
                        .validate(url, received.get(1).form(), received.get(1).signature()))
                .isTrue();
    }

    @Test
    void anEventTellsEverythingAboutTaskReservationAndWorker() {
        callback(url("/events"), "reservation.created");
        Task task = enqueued("{\"handedOff\":true}");

        await().until(() -> received.size() == 1);
        Map<String, String> event = received.get(0).form();
        assertThat(event)
                .containsEntry("EventType", "reservation.created")
                .containsEntry("AccountSid", account.accountSid())
                .containsEntry("WorkspaceSid", account.workspaceSid())
                .containsEntry("ResourceType", "reservation")
                .containsEntry("TaskSid", task.getSid())
                .containsEntry("TaskAttributes", task.getAttributes())
                .containsEntry("TaskAssignmentStatus", "reserved")
                .containsEntry("TaskPriority", "3")
                .containsEntry("TaskQueueSid", account.humanQueueSid())
                .containsEntry("WorkflowSid", account.workflowSid())
                .containsEntry("WorkerName", "Riley (rep)")
                .containsKeys(
                        "WorkspaceName",
                        "EventDescription",
                        "Timestamp",
                        "TaskAge",
                        "TaskCanceledReason",
                        "TaskCompletedReason",
                        "WorkerSid",
                        "WorkerAttributes",
                        "WorkerActivitySid",
                        "WorkerActivityName",
                        "WorkerVersion",
                        "Sid");
        assertThat(event.get("ReservationSid"))
                .isEqualTo(event.get("ResourceSid"))
                .startsWith("WR");
    }

    @Test
    void onlyEventsOfTheFilterAreSentAndABrokenReceiverGetsNoSecondTry() {
        callback(url("/broken"), "task.created, task.canceled");
        Task task = enqueued("{\"handedOff\":true}");
        sandbox.hangUp(callSid(task));

        await().until(() -> types().contains("task.canceled"));
        assertThat(types()).containsExactly("task.created", "task.canceled");
        assertThat(received.get(1).form()).containsEntry("TaskCanceledReason", "hangup");
    }

    @Test
    void aSlowReceiverDelaysNoAnswer() {
        callback(url("/held"), "");
        Task task = enqueued("{\"handedOff\":true}");
        sandbox.accept(task.getSid());

        assertThat(fetch(task.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
        assertThat(received).isEmpty();
        held.countDown();
        await().until(() -> received.size() == 7);
    }

    @Test
    void conversationWritesFireWebhooksOnlyWhenAsked() {
        String service = account.conversationsServiceSid();
        String url = url("/conversations");
        Webhook.updater(service)
                .setPostWebhookUrl(url)
                .setFilters(List.of("onMessageAdded", "onConversationAdded", "onParticipantAdded"))
                .update(twilio);
        Conversation silent =
                Conversation.creator(service).setUniqueName("silent").create(twilio);
        Message.creator(service, silent.getSid()).setBody("unheard").create(twilio);
        Conversation loud = Conversation.creator(service)
                .setUniqueName("loud")
                .setXTwilioWebhookEnabled(Conversation.WebhookEnabledType.TRUE)
                .create(twilio);
        Participant.creator(service, loud.getSid())
                .setIdentity("riley")
                .setXTwilioWebhookEnabled(Participant.WebhookEnabledType.TRUE)
                .create(twilio);
        Message.creator(service, loud.getSid())
                .setBody("heard")
                .setXTwilioWebhookEnabled(Message.WebhookEnabledType.TRUE)
                .create(twilio);

        await().until(() -> received.size() == 3);
        assertThat(types()).containsExactly("onConversationAdded", "onParticipantAdded", "onMessageAdded");
        assertThat(received.get(2).form())
                .containsEntry("ConversationSid", loud.getSid())
                .containsEntry("AccountSid", account.accountSid())
                .containsEntry("Body", "heard")
                .containsEntry("Index", "0")
                .containsEntry("Source", "API");
        RequestValidator validator = new RequestValidator(account.authToken());
        assertThat(received).allMatch(event -> validator.validate(url, event.form(), event.signature()));
        assertThat(Webhook.fetcher(service).fetch(twilio).getFilters())
                .containsExactly("onMessageAdded", "onConversationAdded", "onParticipantAdded");
    }

    @Test
    void aFaultSendsAnEventTwice() {
        callback(url("/events"), "task.created,task.canceled");
        sandbox.faults().add(Fault.duplicate().product("taskrouter").parameter("EventType", "task.c*"));
        Task task = enqueued("{}");
        sandbox.hangUp(callSid(task));

        await().until(() -> received.size() == 4);
        assertThat(types()).containsExactly("task.created", "task.created", "task.canceled", "task.canceled");
        assertThat(received.get(1)).isEqualTo(received.get(0));
    }

    @Test
    void aFaultSendsTheEventsOfACallInAnotherOrder() {
        callback(url("/events"), "task.created,workflow.entered,task-queue.entered");
        String callSid = placeCall();
        StandingFault fault = sandbox.faults().add(Fault.reorder().call(callSid));
        redirect(callSid, enqueue("{}"));
        await("the last one waits for none that follows").until(() -> received.size() == 3);
        assertThat(types()).containsExactly("workflow.entered", "task.created", "task-queue.entered");
        assertThat(fault.hits()).isEqualTo(2);

        received.clear();
        enqueued("{}");
        await().until(() -> received.size() == 3);
        assertThat(types()).containsExactly("task.created", "workflow.entered", "task-queue.entered");
        assertThat(fault.hits()).as("of another call").isEqualTo(2);
    }

    private String callSid(Task task) {
        return new JsonObject(task.getAttributes()).getString("call_sid");
    }

    private void callback(String url, String filter) {
        Workspace.updater(account.workspaceSid())
                .setEventCallbackUrl(url)
                .setEventsFilter(filter)
                .update(twilio);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private List<String> types() {
        return received.stream().map(event -> event.form().get("EventType")).toList();
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> form.put(decoded(pair[0]), decoded(pair[1])));
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
