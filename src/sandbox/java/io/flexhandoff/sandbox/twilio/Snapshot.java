package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The first account's state as JSON, for who looks at it. */
public final class Snapshot {

    private static final int SHOWN = 50;

    private final Accounts accounts;

    Snapshot(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The account, and the newest of its calls, tasks, workers and conversations. */
    public JsonObject state() {
        return accounts.inFirst(Snapshot::state);
    }

    /**
     * One task.
     *
     * @throws IllegalArgumentException if the account has no such task
     */
    public JsonObject task(String sid) {
        return accounts.inFirst(
                state -> task(state, found("task", sid, state.workspace().tasks.get(sid))));
    }

    /**
     * One conversation with its messages.
     *
     * @throws IllegalArgumentException if the account has no such conversation
     */
    public JsonObject conversation(String sid) {
        return accounts.inFirst(state ->
                conversation(found("conversation", sid, state.conversations().find(sid))));
    }

    private static <T> T found(String kind, String sid, T resource) {
        if (resource == null) {
            throw new IllegalArgumentException("There is no " + kind + " " + sid);
        }
        return resource;
    }

    private static JsonObject state(AccountState state) {
        SandboxAccount account = state.account();
        return new JsonObject()
                .put(
                        "account",
                        new JsonObject()
                                .put("accountSid", account.accountSid())
                                .put("workspaceSid", account.workspaceSid())
                                .put("workflowSid", account.workflowSid())
                                .put("conversationsServiceSid", account.conversationsServiceSid()))
                .put("calls", array(state.calls().newest(SHOWN), call -> call(state, call)))
                .put("tasks", array(state.workspace().tasks.newest(SHOWN), task -> task(state, task)))
                .put("workers", array(state.workspace().workers.values(), Snapshot::worker))
                .put("conversations", array(state.conversations().newest(SHOWN), Snapshot::summary));
    }

    private static JsonObject call(AccountState state, LiveCall call) {
        Task task = call.task();
        Object linked = task == null ? null : task.attributeMap().get("conversationSid");
        return new JsonObject()
                .put("sid", call.sid)
                .put("from", call.from)
                .put("to", call.to)
                .put("status", call.status)
                .put("startedAt", call.startedAt.toString())
                .put("endedAt", call.endedAt == null ? null : call.endedAt.toString())
                .put("way", call.way.label())
                .put("heard", new JsonArray(List.copyOf(call.heard)))
                .put("taskSid", task == null ? null : task.sid)
                .put(
                        "conversationSid",
                        linked instanceof String sid
                                ? sid
                                : state.conversations().ofCall(call.sid));
    }

    private static JsonObject task(AccountState state, Task task) {
        Reservation reservation = task.reservation();
        return new JsonObject()
                .put("sid", task.sid)
                .put("callSid", task.call == null ? null : task.call.sid)
                .put("status", task.status)
                .put("withAi", isWithAi(state.account(), task))
                .put("attributes", new JsonObject(task.attributes()))
                .put("priority", task.priority)
                .put("queue", task.queue == null ? null : named(task.queue.sid, task.queue.friendlyName))
                .put("workflow", named(task.workflow.sid, task.workflow.friendlyName))
                .put("createdAt", task.created.toString())
                .put("endedAt", task.ended == null ? null : task.ended.toString())
                .put("reservation", reservation == null ? null : reservation(reservation));
    }

    /** Whether the task is, or was to its end, the AI worker's, or waits for it. */
    private static boolean isWithAi(SandboxAccount account, Task task) {
        Reservation latest = task.reservation();
        if (latest == null) {
            return task.queue != null && task.queue.sid.equals(account.aiQueueSid());
        }
        return latest.worker.sid.equals(account.aiWorkerSid()) && !latest.status.equals("rejected");
    }

    private static JsonObject reservation(Reservation reservation) {
        return new JsonObject()
                .put("sid", reservation.sid)
                .put("status", reservation.status)
                .put("worker", named(reservation.worker.sid, reservation.worker.friendlyName));
    }

    private static JsonObject worker(Worker worker) {
        return named(worker.sid, worker.friendlyName)
                .put("activity", worker.activity.friendlyName())
                .put("available", worker.activity.available());
    }

    private static JsonObject summary(Conversation conversation) {
        return new JsonObject()
                .put("sid", conversation.sid)
                .put("uniqueName", conversation.uniqueName)
                .put("state", conversation.state)
                .put("messageCount", conversation.messages.size());
    }

    private static JsonObject conversation(Conversation conversation) {
        return new JsonObject()
                .put("sid", conversation.sid)
                .put("uniqueName", conversation.uniqueName)
                .put("state", conversation.state)
                .put("attributes", new JsonObject(conversation.attributes))
                .put("participants", participants(conversation))
                .put("messages", array(conversation.messages, Snapshot::message));
    }

    private static JsonArray participants(Conversation conversation) {
        JsonArray identities = new JsonArray();
        conversation.participants.values().stream()
                .map(Conversation.Participant::identity)
                .filter(Objects::nonNull)
                .forEach(identities::add);
        return identities;
    }

    private static JsonObject message(Conversation.Message message) {
        return new JsonObject()
                .put("sid", message.sid)
                .put("index", message.index)
                .put("author", message.author)
                .put("body", message.body)
                .put("attributes", new JsonObject(message.attributes))
                .put("dateCreated", message.created.toString());
    }

    private static JsonObject named(String sid, String name) {
        return new JsonObject().put("sid", sid).put("name", name);
    }

    private static <T> JsonArray array(Collection<T> resources, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        resources.forEach(resource -> array.add(json.apply(resource)));
        return array;
    }
}
