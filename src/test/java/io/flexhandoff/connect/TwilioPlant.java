package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.events.v1.Subscription;
import com.twilio.rest.events.v1.subscription.SubscribedEvent;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.StreamedEvents;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** An account of the sandbox that nobody has connected yet, and connect; the official SDK looks what became of it. */
final class TwilioPlant implements AutoCloseable {

    static final String TOKEN = "a-webhook-token-of-the-test";
    static final String PUBLIC_URL = "https://handoff.example.com";

    private static final ObjectMapper JSON = new ObjectMapper();

    final SandboxTwilio twilio = new SandboxTwilio();
    final SandboxAccount account = SandboxAccount.demo();
    final LedgerDatabase ledger = LedgerDatabase.open(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
            null,
            null,
            2,
            Duration.ofSeconds(10));
    private final List<TwilioClients> clients = new ArrayList<>();
    final Connect connect = connect(org(account.authToken(), account.workspaceSid()), PUBLIC_URL);

    /** The org, with these credentials. */
    Org org(String authToken, String workspaceSid) {
        return org(authToken, workspaceSid, null);
    }

    /** @param threadAttribute {@code null} for Flex's own */
    Org org(String authToken, String workspaceSid, String threadAttribute) {
        return new Org(
                "acme",
                account.accountSid(),
                authToken,
                workspaceSid,
                account.workflowSid(),
                account.conversationsServiceSid(),
                account.aiQueueSid(),
                account.humanQueueSid(),
                List.of("acme-key"),
                TOKEN,
                new AiWorker(null, null, null),
                threadAttribute);
    }

    /** @param publicUrl {@code null} when it is not set */
    Connect connect(Org org, String publicUrl) {
        return connect(org, publicUrl, false);
    }

    /** @param realTwilio whether it takes the account for Twilio's own */
    Connect connect(Org org, String publicUrl, boolean realTwilio) {
        Orgs orgs = new Orgs(Map.of("acme", org));
        TwilioClients made = new TwilioClients(
                orgs, TwilioSettings.at(URI.create(twilio.server().twilioUrl())));
        clients.add(made);
        return new Connect(
                made,
                new DoorUrls(orgs, () -> Optional.ofNullable(publicUrl)),
                ledger::dataSource,
                Clock.systemUTC(),
                realTwilio);
    }

    String webhook() {
        return PUBLIC_URL + "/webhooks/acme/" + TOKEN;
    }

    Workspace workspace() {
        return Workspace.fetcher(account.workspaceSid()).fetch(twilio.sdk());
    }

    void reportTo(String url) {
        Workspace.updater(account.workspaceSid()).setEventCallbackUrl(url).update(twilio.sdk());
    }

    /** A URL of whatever form: the SDK's own classes know only those that Java reads. */
    void reportToAny(String url) {
        Request request = new Request(HttpMethod.POST, "taskrouter", "/v1/Workspaces/" + account.workspaceSid());
        request.addPostParam("EventCallbackUrl", url);
        twilio.sdk().request(request);
    }

    /** The URL as it stands there. */
    String reportsTo() throws IOException {
        Request request = new Request(HttpMethod.GET, "taskrouter", "/v1/Workspaces/" + account.workspaceSid());
        return JSON.readTree(twilio.sdk().request(request).getContent())
                .path("event_callback_url")
                .textValue();
    }

    /** The types of events that Event Streams sends, by where to. */
    Map<String, List<String>> streamed() {
        Map<String, List<String>> streamed = new TreeMap<>();
        for (Sink sink : Sink.reader().read(twilio.sdk())) {
            List<String> types = new ArrayList<>();
            for (Subscription each :
                    Subscription.reader().setSinkSid(sink.getSid()).read(twilio.sdk())) {
                SubscribedEvent.reader(each.getSid()).read(twilio.sdk()).forEach(type -> types.add(type.getType()));
            }
            streamed.put(
                    ((Map<?, ?>) sink.getSinkConfiguration()).get("destination").toString(), types);
        }
        return streamed;
    }

    /** A sink, with these of TaskRouter's events. */
    void stream(String destination, String... types) {
        TwilioAccount twilioAccount = new TwilioAccount(org(account.authToken(), account.workspaceSid()), twilio.sdk());
        String sink = twilioAccount.createSink("of the test", destination, "POST");
        List<String> all =
                Stream.of(types).map(StreamedEvents.TASKROUTER::concat).toList();
        twilioAccount.createSubscription("of the test", sink, all, 1);
    }

    Webhook webhooks() {
        return Webhook.fetcher(account.conversationsServiceSid()).fetch(twilio.sdk());
    }

    String workflow() {
        return Workflow.fetcher(account.workspaceSid(), account.workflowSid())
                .fetch(twilio.sdk())
                .getConfiguration();
    }

    void workflow(String configuration) {
        Workflow.updater(account.workspaceSid(), account.workflowSid())
                .setConfiguration(configuration)
                .update(twilio.sdk());
    }

    /** The filters of the workflow as {@code name: expression}, the default filter's queue at last. */
    List<String> filters() throws Exception {
        JsonNode routing = JSON.readTree(workflow()).path("task_routing");
        List<String> filters = new ArrayList<>();
        routing.path("filters")
                .forEach(filter ->
                        filters.add(filter.path("filter_friendly_name").asText() + ": "
                                + filter.path("expression").asText() + " -> "
                                + queue(filter.at("/targets/0/queue").asText())));
        filters.add("default -> " + queue(routing.at("/default_filter/queue").asText()));
        return filters;
    }

    private String queue(String sid) {
        return sid.equals(account.aiQueueSid()) ? "AI" : sid.equals(account.humanQueueSid()) ? "human" : sid;
    }

    Optional<Worker> aiWorker() {
        for (Worker worker : Worker.reader(account.workspaceSid()).read(twilio.sdk())) {
            if (worker.getFriendlyName().equals("AI Support Agent")) {
                return Optional.of(worker);
            }
        }
        return Optional.empty();
    }

    /** Takes the AI worker out, which the sandbox has from the beginning. */
    void withoutAiWorker() {
        aiWorker().ifPresent(worker -> Worker.deleter(account.workspaceSid(), worker.getSid())
                .delete(twilio.sdk()));
    }

    @Override
    public void close() throws IOException {
        for (TwilioClients each : clients) {
            each.close();
        }
        ledger.close();
        twilio.close();
    }
}
