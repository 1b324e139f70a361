package io.flexhandoff.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.base.ResourceSet;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.rest.taskrouter.v1.workspace.task.Reservation;
import io.flexhandoff.org.Org;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in an org's Twilio account, read by Twilio's own SDK. */
public final class TwilioView {

    private final Org org;
    private final TwilioRestClient client;

    public TwilioView(Org org, TwilioRestClient client) {
        this.org = org;
        this.client = client;
    }

    /** The tasks that were made of a call. */
    public List<Task> tasksOf(String callSid) {
        List<Task> tasks = new ArrayList<>();
        for (Task listed : all(Task.reader(org.workspaceSid()).read(client))) {
            Task task = Task.fetcher(org.workspaceSid(), listed.getSid()).fetch(client);
            if (callSid.equals(attributes(task).path("call_sid").asText())) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    /** What tells the tasks from each other by which reps come back to the caller of a call. */
    public List<String> followUpsOf(String callSid) {
        return all(Task.reader(org.workspaceSid()).read(client)).stream()
                .map(task -> attributes(task).path("handoffFollowUp").asText())
                .filter(key -> key.startsWith(callSid))
                .toList();
    }

    /** The rep is free again for others. */
    public void removeFollowUpsOf(String callSid) {
        all(Task.reader(org.workspaceSid()).read(client)).stream()
                .filter(task ->
                        attributes(task).path("handoffFollowUp").asText().startsWith(callSid))
                .forEach(task -> Task.deleter(org.workspaceSid(), task.getSid()).delete(client));
    }

    /** The assignment status of a task. */
    public String statusOf(String taskSid) {
        return Task.fetcher(org.workspaceSid(), taskSid)
                .fetch(client)
                .getAssignmentStatus()
                .toString();
    }

    /** The attributes of a task as they are now. */
    public JsonNode attributesOf(String taskSid) {
        return attributes(Task.fetcher(org.workspaceSid(), taskSid).fetch(client));
    }

    /** The name of the queue that a task is in. */
    public String queueOf(String taskSid) {
        return Task.fetcher(org.workspaceSid(), taskSid).fetch(client).getTaskQueueFriendlyName();
    }

    /** All reservations of a task. */
    public List<Reservation> reservationsOf(String taskSid) {
        return all(Reservation.reader(org.workspaceSid(), taskSid).read(client));
    }

    /** The attributes of a task. */
    public static JsonNode attributes(Task task) {
        return ApiClient.tree(task.getAttributes());
    }

    /** The thread of a call, if it has been opened. */
    public Optional<Conversation> threadOf(String callSid) {
        return all(Conversation.reader(org.conversationsServiceSid()).read(client)).stream()
                .filter(thread -> thread.getUniqueName().equals("call-" + callSid))
                .findFirst();
    }

    /** The messages of a call's thread, in order; none when it has no thread. */
    public List<Message> messagesOf(String callSid) {
        return threadOf(callSid)
                .map(thread -> all(Message.reader(org.conversationsServiceSid(), thread.getSid())
                        .setOrder(Message.OrderType.ASC)
                        .read(client)))
                .orElse(List.of());
    }

    private static <T extends com.twilio.base.Resource> List<T> all(ResourceSet<T> set) {
        List<T> all = new ArrayList<>();
        set.forEach(all::add);
        return all;
    }
}
