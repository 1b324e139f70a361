package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.sandbox.twilio.SandboxRequest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TaskRouterApiTest extends SandboxTest {

    private static final String HANDED_OFF = "{\"handedOff\":true}";
    private final String workspace = account.workspaceSid();

    @Test
    void aRepAcceptsWrapsUpAndCompletesATask() {
        Task offered = enqueued(HANDED_OFF);
        assertThat(offered.getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
        assertThat(offered.getTaskQueueSid()).isEqualTo(account.humanQueueSid());
        Reservation pending = onlyReservation(offered.getSid());
        assertThat(pending.getReservationStatus()).isEqualTo(Reservation.Status.PENDING);
        assertThat(pending.getWorkerName()).isEqualTo("Riley (rep)");

        updateReservation(pending, Reservation.Status.ACCEPTED);
        Task assigned = fetch(offered.getSid());
        assertThat(assigned.getAssignmentStatus()).isEqualTo(Task.Status.ASSIGNED);
        JsonObject attributes = new JsonObject(assigned.getAttributes());
        JsonObject conference = attributes.getJsonObject("conference");
        assertThat(attributes.getBoolean("handedOff")).isTrue();
        assertThat(conference.getString("room_name")).isEqualTo(offered.getSid());
        assertThat(conference.getJsonObject("participants").getString("customer"))
                .isEqualTo(attributes.getString("call_sid"));
        assertThat(conference.getJsonObject("participants").getString("worker")).startsWith("CA");

        updateReservation(pending, Reservation.Status.WRAPPING);
        assertThat(fetch(offered.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
        updateReservation(pending, Reservation.Status.COMPLETED);
        assertThat(fetch(offered.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.COMPLETED);
        assertRefused(() -> updateReservation(pending, Reservation.Status.ACCEPTED), 400, 20001);
    }

    @Test
    void aRepHasOneTaskAtATimeAndTheNextWaits() {
        Task first = enqueued(HANDED_OFF);
        Task second = enqueued(HANDED_OFF);
        assertThat(second.getAssignmentStatus()).isEqualTo(Task.Status.PENDING);

        sandbox.accept(first.getSid());
        sandbox.wrapUp(first.getSid());
        assertThat(fetch(second.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
        sandbox.complete(first.getSid());
        assertThat(fetch(second.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
    }

    @Test
    void aCallerWhoHangsUpAfterAcceptLeavesTheRepToWrapUp() {
        Task task = enqueued(HANDED_OFF);
        sandbox.accept(task.getSid());
        sandbox.hangUp(new JsonObject(task.getAttributes()).getString("call_sid"));

        assertThat(fetch(task.getSid()).getAssignmentStatus()).isEqualTo(Task.Status.WRAPPING);
        assertThat(onlyReservation(task.getSid()).getReservationStatus()).isEqualTo(Reservation.Status.WRAPPING);
    }

    @Test
    void filtersAreTriedInOrderAndTheDefaultIsLast() {
        assertThat(enqueued("{\"handedOff\":true}").getTaskQueueFriendlyName()).isEqualTo("Human Support");
        assertThat(enqueued("{\"handedOff\":\"true\"}").getTaskQueueFriendlyName())
                .isEqualTo("AI Agents");
        assertThat(create("{\"type\":\"mail\"}").getTaskQueueFriendlyName()).isEqualTo("Human Support");
    }

    @Test
    void aRejectedTaskIsRoutedAgainByTheAttributesItHasThen() {
        Task task = enqueued("{\"language\":\"es\"}");
        Reservation atTheAi = onlyReservation(task.getSid());
        assertThat(atTheAi.getWorkerName()).isEqualTo("AI Support Agent");

        Task.updater(workspace, task.getSid())
                .setAttributes(new JsonObject(task.getAttributes())
                        .put("handedOff", true)
                        .encode())
                .update(twilio);
        com.twilio.rest.taskrouter.v1.workspace.worker.Reservation.updater(
                        workspace, atTheAi.getWorkerSid(), atTheAi.getSid())
                .setReservationStatus(com.twilio.rest.taskrouter.v1.workspace.worker.Reservation.Status.REJECTED)
                .setWorkerActivitySid(activity("Break"))
                .update(twilio);

        assertThat(fetch(task.getSid()).getTaskQueueFriendlyName()).isEqualTo("Human Support");
        assertThat(Reservation.reader(workspace, task.getSid())
                        .setReservationStatus(Reservation.Status.PENDING)
                        .read(twilio))
                .extracting(Reservation::getWorkerName)
                .containsExactly("Riley (rep)");
        assertThat(Worker.fetcher(workspace, atTheAi.getWorkerSid())
                        .fetch(twilio)
                        .getAvailable())
                .isFalse();
    }

    @Test
    void aTargetsExpressionAndPriorityAreUsed() {
        Workflow.updater(workspace, account.workflowSid())
                .setConfiguration(
                        "{\"task_routing\":{\"filters\":[{\"filter_friendly_name\":\"By language\",\"expression\":\"1==1\","
                                + "\"targets\":[{\"queue\":\"" + account.humanQueueSid()
                                + "\",\"priority\":9,\"expression\":\"worker.languages HAS task.language\"}]}]}}")
                .update(twilio);

        Task german = create("{\"language\":\"de\"}");
        Task spanish = create("{\"language\":\"es\"}");
        assertThat(german.getAssignmentStatus()).isEqualTo(Task.Status.PENDING);
        assertThat(spanish.getAssignmentStatus()).isEqualTo(Task.Status.RESERVED);
        assertThat(spanish.getPriority()).isEqualTo(9);

        Worker.creator(workspace, "Kim")
                .setAttributes("{\"roles\":[\"rep\"],\"languages\":[\"de\"]}")
                .setActivitySid(activity("Available"))
                .create(twilio);
        assertThat(onlyReservation(german.getSid()).getWorkerName()).isEqualTo("Kim");
    }

    @Test
    void aTaskWithoutATargetIsCanceled() {
        Workflow.updater(workspace, account.workflowSid())
                .setConfiguration("{\"task_routing\":{\"filters\":[]}}")
                .update(twilio);

        assertThat(create("{}").getAssignmentStatus()).isEqualTo(Task.Status.CANCELED);
    }

    @Test
    void aWriteWithAnOldVersionIsRefused() {
        Task task = enqueued(HANDED_OFF);
        String etag = etag(task);
        assertThat(etag).matches("\"\\d+\"");

        updateAttributes(task, etag, "{\"a\":1}");
        assertRefused(() -> updateAttributes(task, etag, "{\"a\":2}"), 412, 20412);
        String bare = Integer.toString(Integer.parseInt(etag.replace("\"", "")) + 1);
        updateAttributes(task, bare, "{\"a\":3}");
        updateAttributes(task, null, "{\"a\":4}");
        assertThat(fetch(task.getSid()).getAttributes()).isEqualTo("{\"a\":4}");
    }

    @Test
    void attributesAndAWrappingStatusAreNotChangedAtOnce() {
        Task task = enqueued(HANDED_OFF);
        assertRefused(
                () -> Task.updater(workspace, task.getSid())
                        .setAttributes("{}")
                        .setAssignmentStatus(Task.Status.CANCELED)
                        .update(twilio),
                400,
                20001);
        assertRefused(() -> updateAttributes(task, null, "{\"a\":\"" + "x".repeat(4096) + "\"}"), 400, 20001);
        assertRefused(() -> updateAttributes(task, null, "no json"), 400, 20001);
        assertThat(fetch(task.getSid()).getAttributes()).isEqualTo(task.getAttributes());
    }

    @Test
    void aTaskIsFoundInLists() {
        Task oldest = enqueued(HANDED_OFF);
        Task newest = enqueued(HANDED_OFF);
        Task other = create("{\"kind\":\"mail\"}");
        Task.updater(workspace, other.getSid())
                .setAssignmentStatus(Task.Status.CANCELED)
                .setReason("test")
                .update(twilio);

        var recent = Task.reader(workspace)
                .setAssignmentStatus(List.of("pending", "reserved"))
                .setWorkflowSid(account.workflowSid())
                .setOrdering("DateCreated:desc");
        recent.pageSize(1);
        assertThat(recent.read(twilio)).extracting(Task::getSid).containsExactly(newest.getSid(), oldest.getSid());
        assertThat(Task.reader(workspace)
                        .setEvaluateTaskAttributes("kind == 'mail'")
                        .read(twilio))
                .extracting(Task::getSid)
                .containsExactly(other.getSid());
        assertRefused(() -> fetch("WT" + "0".repeat(32)), 404, 20404);
    }

    @Test
    void evaluatingAttributesIsLimitedToThreeASecond() {
        // the SDK itself tries again a second after a 429, so that every read succeeds in the end
        await().untilAsserted(() -> {
            assertThat(Task.reader(workspace).setEvaluateTaskAttributes("1==1").read(twilio))
                    .isEmpty();
            assertThat(sandbox.requests()).extracting(SandboxRequest::status).contains(429);
        });
    }

    @Test
    void workersHaveUniqueNames() {
        Worker created = Worker.creator(workspace, "AI worker")
                .setAttributes("{\"roles\":[\"ai\"]}")
                .create(twilio);
        assertThat(created.getActivityName()).isEqualTo("Offline");
        assertThat(created.getAvailable()).isFalse();
        assertRefused(() -> Worker.creator(workspace, "ai WORKER").create(twilio), 400, 20001);

        Worker updated = Worker.updater(workspace, created.getSid())
                .setActivitySid(activity("Available"))
                .setFriendlyName("AI Worker")
                .update(twilio);
        assertThat(updated.getAvailable()).isTrue();
        assertThat(Worker.reader(workspace).setFriendlyName("AI Worker").read(twilio))
                .extracting(Worker::getSid)
                .containsExactly(created.getSid());
        Worker.deleter(workspace, created.getSid()).delete(twilio);
        assertRefused(() -> Worker.fetcher(workspace, created.getSid()).fetch(twilio), 404, 20404);
    }

    @Test
    void queuesSelectWorkersByExpression() {
        TaskQueue queue = TaskQueue.creator(workspace, "Spanish")
                .setTargetWorkers("languages HAS 'es'")
                .create(twilio);
        assertThat(Worker.reader(workspace).setTaskQueueSid(queue.getSid()).read(twilio))
                .extracting(Worker::getFriendlyName)
                .containsExactly("Riley (rep)");
        TaskQueue.updater(workspace, queue.getSid()).setTargetWorkers("1==1").update(twilio);
        assertThat(TaskQueue.reader(workspace).read(twilio))
                .extracting(TaskQueue::getFriendlyName)
                .containsExactly("AI Agents", "Human Support", "Everyone", "Spanish");
    }

    @Test
    void aWorkflowsConfigurationIsKeptByteForByte() {
        String configuration = "{ \"task_routing\" : {\"filters\":[],\n\t\"default_filter\":{\"queue\":\""
                + account.humanQueueSid() + "\"}, \"note\":\"é &+%\" } , \"x\":\"" + "x".repeat(20_000) + "\"}";
        Workflow workflow = Workflow.creator(workspace, "Second", configuration).create(twilio);

        assertThat(Workflow.fetcher(workspace, workflow.getSid()).fetch(twilio).getConfiguration())
                .isEqualTo(configuration);
        assertThat(Workflow.reader(workspace).setFriendlyName("Second").read(twilio))
                .extracting(Workflow::getSid)
                .containsExactly(workflow.getSid());
        assertRefused(
                () -> Workflow.updater(workspace, workflow.getSid())
                        .setConfiguration("{}")
                        .update(twilio),
                400,
                20001);
    }

    @Test
    void theWorkspaceKeepsItsEventSettings() {
        Workspace.updater(workspace)
                .setEventCallbackUrl("https://example.com/events#rc=2")
                .setEventsFilter("task.created,reservation.accepted")
                .update(twilio);

        Workspace fetched = Workspace.fetcher(workspace).fetch(twilio);
        assertThat(fetched.getEventCallbackUrl()).hasToString("https://example.com/events#rc=2");
        assertThat(fetched.getEventsFilter()).isEqualTo("task.created,reservation.accepted");
        assertThat(Workspace.reader().read(twilio))
                .extracting(Workspace::getSid)
                .containsExactly(workspace);
    }

    @Test
    void anotherAccountSeesNothing() {
        server.close();
        SandboxAccount other = SandboxAccount.named("other", "another-token");
        server = new SandboxServer(0, account, other);
        sandbox = server.sandbox();
        twilio = SandboxClient.of(server, account);
        Task task = enqueued(HANDED_OFF);
        TwilioRestClient stranger = SandboxClient.of(server, other);

        assertRefused(() -> Task.fetcher(workspace, task.getSid()).fetch(stranger), 404, 20404);
        assertRefused(() -> Task.fetcher(other.workspaceSid(), task.getSid()).fetch(stranger), 404, 20404);
        assertRefused(() -> Workspace.fetcher(workspace).fetch(stranger), 404, 20404);
        String callSid = new JsonObject(task.getAttributes()).getString("call_sid");
        assertRefused(
                () -> com.twilio.rest.api.v2010.account.Call.fetcher(account.accountSid(), callSid)
                        .fetch(stranger),
                404,
                20404);
        assertThat(Task.reader(other.workspaceSid()).read(stranger)).isEmpty();
        assertRefused(
                () -> Workspace.fetcher(workspace)
                        .fetch(SandboxClient.of(server, account.accountSid(), other.authToken())),
                401,
                20003);
    }

    private String etag(Task task) {
        Request request = new Request(HttpMethod.GET, task.getUrl().toString());
        return Arrays.stream(twilio.request(request).getHeaders())
                .filter(header -> header.getName().equalsIgnoreCase("ETag"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private String activity(String name) {
        return StreamSupport.stream(
                        Activity.reader(workspace)
                                .setFriendlyName(name)
                                .read(twilio)
                                .spliterator(),
                        false)
                .findFirst()
                .orElseThrow()
                .getSid();
    }

    private Task create(String attributes) {
        return Task.creator(workspace)
                .setWorkflowSid(account.workflowSid())
                .setAttributes(attributes)
                .create(twilio);
    }

    private void updateAttributes(Task task, String ifMatch, String attributes) {
        Task.updater(workspace, task.getSid())
                .setIfMatch(ifMatch)
                .setAttributes(attributes)
                .update(twilio);
    }

    private Reservation onlyReservation(String taskSid) {
        List<Reservation> reservations = StreamSupport.stream(
                        Reservation.reader(workspace, taskSid).read(twilio).spliterator(), false)
                .toList();
        assertThat(reservations).hasSize(1);
        return reservations.get(0);
    }

    private void updateReservation(Reservation reservation, Reservation.Status status) {
        Reservation.updater(workspace, reservation.getTaskSid(), reservation.getSid())
                .setReservationStatus(status)
                .update(twilio);
    }
}
