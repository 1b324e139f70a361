package io.flexhandoff.component.taskrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.twilio.FailureKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation, with a look into the sandbox afterwards. */
class TaskRouterTest {

    private static final String CALL = "CA" + "6".repeat(32);

    private final SandboxTwilio twilio = new SandboxTwilio();
    private final String workspace = twilio.acme().workspaceSid();

    @AfterEach
    void stop() throws Exception {
        twilio.close();
    }

    @Test
    void theTaskOfACallIsFoundWithItsReservation() {
        task("{\"call_sid\":\"CA" + "0".repeat(32) + "\"}");
        Task task = task("{\"direction\":\"inbound\",\"call_sid\":\"" + CALL + "\"}");
        task("{}");

        Message found = call("findTask", null, Map.of(TaskRouterConstants.CALL_SID, CALL));

        Reservation reservation = reservation(task);
        assertThat(found.getBody(TaskView.class))
                .isEqualTo(new TaskView(
                        task.getSid(),
                        "reserved",
                        null,
                        Map.of("direction", "inbound", "call_sid", CALL),
                        twilio.acme().workflowSid(),
                        twilio.acme().aiQueueSid(),
                        new TaskView.ReservationView(reservation.getSid(), "pending", reservation.getWorkerSid())));
    }

    @Test
    void aCallWithoutALiveTaskHasNone() {
        Task ended = task("{\"call_sid\":\"" + CALL + "\"}");
        Task.updater(workspace, ended.getSid())
                .setAssignmentStatus(Task.Status.CANCELED)
                .update(twilio.sdk());

        assertThat(call("findTask", null, Map.of(TaskRouterConstants.CALL_SID, CALL))
                        .getBody())
                .isNull();
    }

    @Test
    void attributesAreMergedAndNothingIsWrittenTwice() {
        Task task = task("{\"call_sid\":\"CA1\",\"conference\":{\"sid\":\"CF1\"}}");
        Map<String, Object> expected =
                Map.of("call_sid", "CA1", "conference", Map.of("sid", "CF1", "room_name", "WT1"), "handedOff", true);
        String changes = "{\"handedOff\":true,\"conference\":{\"room_name\":\"WT1\"}}";

        assertThat(merge(task, changes)).isEqualTo(expected);
        assertThat(attributes(task)).isEqualTo(expected);

        long writes = twilio.requests("POST");
        assertThat(merge(task, Attributes.read(changes))).isEqualTo(expected);
        assertThat(twilio.requests("POST")).isEqualTo(writes);
    }

    @Test
    void writersAtTheSameMomentLoseNothing() {
        Task task = task("{\"call_sid\":\"CA1\"}");
        for (int round = 1; round <= 50; round++) {
            String ours = "ours" + round;
            String theirs = "theirs" + round;
            CompletableFuture<?> we = CompletableFuture.runAsync(() -> merge(task, Map.of(ours, true)));
            CompletableFuture<?> they = CompletableFuture.runAsync(() -> merge(task, Map.of(theirs, true)));
            CompletableFuture.allOf(we, they).join();

            assertThat(attributes(task)).containsKeys("call_sid", ours, theirs).hasSize(1 + 2 * round);
        }
    }

    @Test
    void aTaskIsReadWithItsLiveReservationUntilItIsForgotten() {
        Task task = task("{\"direction\":\"inbound\"}");
        Map<String, Object> headers = headers(task, reservation(task));

        assertThat(call("readTask", null, headers).getBody(TaskView.class).reservation())
                .isEqualTo(new TaskView.ReservationView(
                        reservation(task).getSid(), "pending", reservation(task).getWorkerSid()));
        call("acceptReservation", null, dequeue(headers));
        call("completeReservation", null, headers);
        assertThat(call("readTask", null, headers).getBody(TaskView.class).reservation())
                .isNull();
        Task.deleter(workspace, task.getSid()).delete(twilio.sdk());
        assertThat(call("readTask", null, headers).getBody()).isNull();
    }

    @Test
    void aReservationIsAcceptedOnceByCallingTheWorkersPhone() {
        Task task = task("{\"direction\":\"inbound\"}");
        Map<String, Object> headers = dequeue(headers(task, reservation(task)));

        assertThat(call("acceptReservation", null, headers).getBody()).isEqualTo("accepted");
        assertThat(call("acceptReservation", null, headers).getBody()).isEqualTo("accepted");

        assertThat(status(headers)).isEqualTo(Reservation.Status.ACCEPTED);
        String legOfWorker = (String) attributes(task).get("worker_call_sid");
        assertThat(call("findTask", null, Map.of(TaskRouterConstants.CALL_SID, legOfWorker))
                        .getBody(TaskView.class)
                        .sid())
                .isEqualTo(task.getSid());
    }

    @Test
    void aReservationIsAcceptedByRedirectingItsCall() {
        String callSid = twilio.server().sandbox().placeCallIntoFlex("+15550100", "+15550199", Map.of());
        Task task = Task.fetcher(
                        workspace, twilio.server().sandbox().tasksOf(callSid).get(0))
                .fetch(twilio.sdk());
        Map<String, Object> headers = new java.util.HashMap<>(headers(task, reservation(task)));
        headers.put(TaskRouterConstants.INSTRUCTION, "redirect");
        headers.put(TaskRouterConstants.CALL_SID, callSid);
        headers.put(TaskRouterConstants.ADDRESS, "https://ai.example/voice");

        assertThat(call("acceptReservation", null, headers).getBody()).isEqualTo("accepted");
        assertThat(attributes(task)).doesNotContainKeys("conference", "worker_call_sid");

        headers.put(TaskRouterConstants.INSTRUCTION, "whistle");
        assertThat(FailureKind.of(catchThrowable(() -> call("acceptReservation", null, headers))))
                .isEqualTo(FailureKind.FINAL);
    }

    @Test
    void aReservationWhoseCallerHasLeftIsNotAccepted() {
        String callSid = twilio.server().sandbox().placeCallIntoFlex("+15550100", "+15550199", Map.of());
        Task task = Task.fetcher(
                        workspace, twilio.server().sandbox().tasksOf(callSid).get(0))
                .fetch(twilio.sdk());
        Map<String, Object> headers = dequeue(headers(task, reservation(task)));
        twilio.server().sandbox().hangUp(callSid);

        assertThat(call("acceptReservation", null, headers).getBody()).isEqualTo("canceled");
    }

    private static Map<String, Object> dequeue(Map<String, Object> headers) {
        Map<String, Object> all = new java.util.HashMap<>(headers);
        all.put(TaskRouterConstants.INSTRUCTION, "dequeue");
        all.put(TaskRouterConstants.ADDRESS, "sip:ai@example.com");
        return all;
    }

    @Test
    void aReservationIsGivenBackOnce() {
        Task task = task("{\"direction\":\"inbound\"}");
        Map<String, Object> headers = headers(task, reservation(task));
        merge(task, Map.of("handedOff", true));

        call("rejectReservation", null, headers);
        assertThat(call("rejectReservation", null, headers).getBody()).isEqualTo("rejected");

        assertThat(status(headers)).isEqualTo(Reservation.Status.REJECTED);
        assertThat(Task.fetcher(workspace, task.getSid()).fetch(twilio.sdk()).getTaskQueueSid())
                .isEqualTo(twilio.acme().humanQueueSid());
    }

    @Test
    void aReservationIsCompletedOnceAndAnAcceptedOneIsNotRejected() {
        Task task = task("{\"direction\":\"inbound\"}");
        Map<String, Object> headers = headers(task, reservation(task));
        twilio.server().sandbox().accept(task.getSid());

        assertThat(FailureKind.of(catchThrowable(() -> call("rejectReservation", null, headers))))
                .isEqualTo(FailureKind.FINAL);
        call("completeReservation", null, headers);
        assertThat(call("completeReservation", null, headers).getBody()).isEqualTo("completed");

        assertThat(status(headers)).isEqualTo(Reservation.Status.COMPLETED);
    }

    @Test
    void aWorkerIsCreatedOnceAndKeptUpToDate() {
        Activity available = activity("Available");
        String sid = provision("Flex Handoff AI", Map.of("roles", List.of("ai")), null);

        assertThat(provision("flex handoff ai", Map.of("languages", List.of("es")), available.getSid()))
                .isEqualTo(sid);
        Worker worker = Worker.fetcher(workspace, sid).fetch(twilio.sdk());
        assertThat(worker.getFriendlyName()).isEqualTo("Flex Handoff AI");
        assertThat(Attributes.read(worker.getAttributes()))
                .isEqualTo(Map.of("roles", List.of("ai"), "languages", List.of("es")));
        assertThat(worker.getActivityName()).isEqualTo("Available");

        long writes = twilio.requests("POST");
        provision("Flex Handoff AI", Map.of("roles", List.of("ai")), available.getSid());
        assertThat(twilio.requests("POST")).isEqualTo(writes);
    }

    @Test
    void theWorkflowIsReadAndWrittenAsItStands() {
        String before = call("readWorkflow", null, Map.of()).getBody(String.class);
        assertThat(before).isEqualTo(workflow().getConfiguration());
        String after = " { \"task_routing\" : {\"default_filter\": {\"queue\":\""
                + twilio.acme().humanQueueSid() + "\"}, \"filters\": [ ]} } ";

        assertThat(call("writeWorkflow", after, Map.of()).getBody()).isEqualTo(after);
        assertThat(workflow().getConfiguration()).isEqualTo(after);
        assertThat(workflow().getFriendlyName()).isEqualTo("Support");
    }

    @Test
    void theWebhookIsWrittenAndRead() {
        assertThat(call("readWebhook", null, Map.of()).getBody()).isEqualTo(new WorkspaceWebhook(null, List.of()));
        String url = "https://handoff.example/hooks/acme#rc=3&rp=5xx";
        List<String> events = List.of("task.created", "reservation.accepted");

        Object written = call(
                        "writeWebhook",
                        null,
                        Map.of(TaskRouterConstants.WEBHOOK_URL, url, TaskRouterConstants.WEBHOOK_EVENTS, events))
                .getBody();

        Workspace now = Workspace.fetcher(workspace).fetch(twilio.sdk());
        assertThat(now.getEventCallbackUrl()).isEqualTo(URI.create(url));
        assertThat(now.getEventsFilter()).isEqualTo("task.created,reservation.accepted");
        assertThat(written).isEqualTo(new WorkspaceWebhook(url, events));
        assertThat(call("readWebhook", null, Map.of()).getBody()).isEqualTo(written);
    }

    private Task task(String attributes) {
        return Task.creator(workspace)
                .setWorkflowSid(twilio.acme().workflowSid())
                .setAttributes(attributes)
                .create(twilio.sdk());
    }

    private Reservation reservation(Task task) {
        return Reservation.reader(workspace, task.getSid())
                .read(twilio.sdk())
                .iterator()
                .next();
    }

    private Reservation.Status status(Map<String, Object> headers) {
        return Reservation.fetcher(workspace, (String) headers.get(TaskRouterConstants.TASK_SID), (String)
                        headers.get(TaskRouterConstants.RESERVATION_SID))
                .fetch(twilio.sdk())
                .getReservationStatus();
    }

    private Activity activity(String name) {
        return Activity.reader(workspace)
                .setFriendlyName(name)
                .read(twilio.sdk())
                .iterator()
                .next();
    }

    private Workflow workflow() {
        return Workflow.fetcher(workspace, twilio.acme().workflowSid()).fetch(twilio.sdk());
    }

    private Map<String, Object> attributes(Task task) {
        return Attributes.read(
                Task.fetcher(workspace, task.getSid()).fetch(twilio.sdk()).getAttributes());
    }

    private Object merge(Task task, Object changes) {
        return call("mergeAttributes", changes, Map.of(TaskRouterConstants.TASK_SID, task.getSid()))
                .getBody();
    }

    private String provision(String name, Map<String, Object> attributes, String activity) {
        Map<String, Object> headers = new java.util.HashMap<>(
                Map.of(TaskRouterConstants.FRIENDLY_NAME, name, TaskRouterConstants.ATTRIBUTES, attributes));
        headers.put(TaskRouterConstants.ACTIVITY_SID, activity);
        return call("provisionWorker", null, headers).getBody(String.class);
    }

    private static Map<String, Object> headers(Task task, Reservation reservation) {
        return Map.of(
                TaskRouterConstants.TASK_SID, task.getSid(),
                TaskRouterConstants.RESERVATION_SID, reservation.getSid());
    }

    private Message call(String operation, Object body, Map<String, Object> headers) {
        return twilio.call("twilio-taskrouter:" + operation + "?org=acme", body, headers);
    }
}
