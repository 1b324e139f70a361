package io.flexhandoff.checkup;

import com.twilio.base.Resource;
import com.twilio.base.ResourceSet;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Queue;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.events.v1.Subscription;
import com.twilio.rest.events.v1.subscription.SubscribedEvent;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.workflow.WorkflowConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What stands in an org's Twilio account, each thing read once, when it is first asked for. Empty is what is not found. */
final class OrgInTwilio {

    private static final int LISTED = 20;
    private static final int PAGE = 1000;

    private final Org org;
    private final TwilioRestClient client;
    private final Map<String, Optional<?>> read = new HashMap<>();

    OrgInTwilio(Org org, TwilioRestClient client) {
        this.org = org;
        this.client = client;
    }

    Org org() {
        return org;
    }

    Account account() {
        return fetched("account", () -> Account.fetcher(org.accountSid()).fetch(client))
                .orElseThrow(() -> TwilioFailure.unreadable("The account " + org.accountSid()));
    }

    Optional<Workspace> workspace() {
        return fetched("workspace", () -> Workspace.fetcher(org.workspaceSid()).fetch(client));
    }

    Optional<Workflow> workflow() {
        return fetched("workflow", () -> Workflow.fetcher(org.workspaceSid(), org.workflowSid())
                .fetch(client));
    }

    /** The configuration of the org's workflow, which the check of the workflow has found readable. */
    WorkflowConfiguration configuration() {
        return WorkflowConfiguration.parse(workflow().orElseThrow().getConfiguration());
    }

    Optional<Service> service() {
        return fetched(
                "service", () -> Service.fetcher(org.conversationsServiceSid()).fetch(client));
    }

    /** What Flex is set to; empty when the account has no Flex, or Flex does not tell this org's credentials. */
    Optional<com.twilio.rest.flexapi.v1.Configuration> flex() {
        return told(
                "flex", () -> com.twilio.rest.flexapi.v1.Configuration.fetcher().fetch(client));
    }

    /** Which Conversations service the account uses where none is named; empty when it does not tell. */
    Optional<com.twilio.rest.conversations.v1.Configuration> conversations() {
        return told("conversations", () -> com.twilio.rest.conversations.v1.Configuration.fetcher()
                .fetch(client));
    }

    Optional<Webhook> serviceWebhook() {
        return fetched("serviceWebhook", () -> Webhook.fetcher(org.conversationsServiceSid())
                .fetch(client));
    }

    /** The types of events that Event Streams sends to a webhook; none, too, when it does not tell this org's credentials. */
    Set<String> streamedTo(Predicate<String> destination) {
        Set<String> types = new TreeSet<>();
        told("sinks", () -> read(Sink.reader().pageSize(PAGE).read(client))).orElse(List.of()).stream()
                .filter(sink -> sink.getStatus() == Sink.Status.ACTIVE && destination.test(destination(sink)))
                .flatMap(sink ->
                        read(Subscription.reader().setSinkSid(sink.getSid()).read(client)).stream())
                .flatMap(subscription ->
                        read(SubscribedEvent.reader(subscription.getSid()).read(client)).stream())
                .forEach(event -> types.add(event.getType()));
        return types;
    }

    private static String destination(Sink sink) {
        return sink.getSinkConfiguration() instanceof Map<?, ?> configuration
                ? String.valueOf(configuration.get("destination"))
                : "";
    }

    Optional<TaskQueue> queue(String sid) {
        return fetched(sid, () -> TaskQueue.fetcher(org.workspaceSid(), sid).fetch(client));
    }

    Optional<Worker> worker(String sid) {
        return fetched(sid, () -> Worker.fetcher(org.workspaceSid(), sid).fetch(client));
    }

    /** All workers of the workspace. */
    List<Worker> workers() {
        return listed(
                "workers",
                () -> Worker.reader(org.workspaceSid()).pageSize(PAGE).read(client));
    }

    /** The workers that a queue selects, by its own expression. */
    List<Worker> workersOf(String queueSid) {
        return listed("workers of " + queueSid, () -> Worker.reader(org.workspaceSid())
                .setTaskQueueSid(queueSid)
                .pageSize(PAGE)
                .read(client));
    }

    /** Where the callers of the org's workflow wait; none before the first call. */
    Optional<Queue> waitQueue() {
        return listed(
                        "queues",
                        () -> Queue.reader(org.accountSid()).pageSize(PAGE).read(client))
                .stream()
                .filter(queue -> org.workflowSid().equals(queue.getFriendlyName()))
                .findFirst();
    }

    List<String> workspaces() {
        return listed("workspaces", () -> Workspace.reader().limit(LISTED).read(client)).stream()
                .map(workspace -> workspace.getFriendlyName() + " (" + workspace.getSid() + ")")
                .toList();
    }

    List<String> workflows() {
        return listed(
                        "workflows",
                        () -> Workflow.reader(org.workspaceSid()).limit(LISTED).read(client))
                .stream()
                .map(workflow -> workflow.getFriendlyName() + " (" + workflow.getSid() + ")")
                .toList();
    }

    List<String> services() {
        return listed("services", () -> Service.reader().limit(LISTED).read(client)).stream()
                .map(service -> service.getFriendlyName() + " (" + service.getSid() + ")")
                .toList();
    }

    private <T> Optional<T> told(String name, Supplier<T> fetch) {
        try {
            return fetched(name, fetch);
        } catch (TwilioFailure failure) {
            if (failure.kind() != FailureKind.FINAL) {
                throw failure;
            }
            read.put(name, Optional.empty());
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // each name is used for one type
    private <T> Optional<T> fetched(String name, Supplier<T> fetch) {
        Optional<?> known = read.get(name);
        if (known == null) {
            known = find(name, fetch);
            read.put(name, known);
        }
        return (Optional<T>) known;
    }

    private <T extends Resource> List<T> listed(String name, Supplier<ResourceSet<T>> reader) {
        return fetched(name, () -> read(reader.get())).orElse(List.of());
    }

    private static <T extends Resource> List<T> read(ResourceSet<T> resources) {
        List<T> all = new ArrayList<>();
        resources.forEach(all::add);
        return all;
    }

    private static <T> Optional<T> find(String name, Supplier<T> fetch) {
        try {
            return Optional.of(fetch.get());
        } catch (TwilioFailure failure) {
            if (Integer.valueOf(404).equals(failure.getStatusCode())) {
                return Optional.empty();
            }
            throw failure;
        } catch (TwilioException unreadable) {
            // the SDK puts the answer into its message, and that of an account holds its auth token
            throw TwilioFailure.unreadable("Reading " + name);
        }
    }
}
