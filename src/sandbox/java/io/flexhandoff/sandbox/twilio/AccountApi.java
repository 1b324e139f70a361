package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Twilio's 2010-04-01 API: the account, and the queues in which callers wait, one for each workflow and named by its SID. */
final class AccountApi {

    private static final String ACCOUNTS = "/2010-04-01/Accounts";
    private static final String QUEUES = ACCOUNTS + "/:account/Queues";

    private static final List<String> STATUSES = List.of("active", "suspended");

    private AccountApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(ACCOUNTS + "/:account", AccountApi::fetchAccount)
                .post(ACCOUNTS + "/:account", AccountApi::updateAccount)
                .get(QUEUES + ".json", AccountApi::listQueues)
                .get(QUEUES + "/:queue", request -> Answer.ok(json(request, queue(request))))
                .post(QUEUES + "/:queue", AccountApi::updateQueue);
    }

    private static Answer fetchAccount(TwilioRequest request) {
        SandboxAccount account = request.state().account();
        String uri = uri(account);
        if (!request.pathParam("account").equals(account.accountSid() + ".json")) {
            throw request.notFound();
        }
        return Answer.ok(new JsonObject()
                .put("auth_token", account.authToken())
                .put("date_created", VoiceApi.date(request.state().workspace().created))
                .put("date_updated", VoiceApi.date(request.state().workspace().created))
                .put("friendly_name", "Flex Handoff sandbox")
                .put("owner_account_sid", account.accountSid())
                .put("sid", account.accountSid())
                .put("status", request.state().workspace().accountStatus)
                .put("subresource_uris", new JsonObject().put("queues", uri + "/Queues.json"))
                .put("type", "Full")
                .put("uri", uri + ".json"));
    }

    /** Suspends an account, and opens it again. */
    private static Answer updateAccount(TwilioRequest request) {
        Workspace workspace = request.state().workspace();
        String status = request.form("Status", workspace.accountStatus);
        if (!STATUSES.contains(status)) {
            throw TwilioError.invalid("Status is none of " + STATUSES);
        }
        workspace.accountStatus = status;
        return fetchAccount(request);
    }

    private static Answer listQueues(TwilioRequest request) {
        VoiceApi.checkAccount(request);
        return new Paging(request, 1000)
                .v2010(
                        "queues",
                        List.copyOf(workflows(request)),
                        workflow -> workflow.waiting.sid,
                        workflow -> json(request, workflow));
    }

    private static Answer updateQueue(TwilioRequest request) {
        Workflow workflow = queue(request);
        int maxSize = request.integer("MaxSize", workflow.waiting.maxSize);
        if (maxSize < 1 || maxSize > WaitQueue.LARGEST) {
            throw TwilioError.invalid("MaxSize is not between 1 and " + WaitQueue.LARGEST);
        }
        workflow.waiting.maxSize = maxSize;
        workflow.waiting.updated = Instant.now();
        return Answer.ok(json(request, workflow));
    }

    private static Workflow queue(TwilioRequest request) {
        VoiceApi.checkAccount(request);
        String sid = request.pathParam("queue").replaceFirst("\\.json$", "");
        return request.found(workflows(request).stream()
                .filter(workflow -> workflow.waiting.sid.equals(sid))
                .findFirst()
                .orElse(null));
    }

    private static Collection<Workflow> workflows(TwilioRequest request) {
        return request.state().workspace().workflows.values();
    }

    private static JsonObject json(TwilioRequest request, Workflow workflow) {
        List<Task> waiting = request.state().workspace().tasks.open().stream()
                .filter(task -> task.workflow == workflow && task.call != null)
                .filter(task -> task.status.equals("pending") || task.status.equals("reserved"))
                .toList();
        WaitQueue queue = workflow.waiting;
        SandboxAccount account = request.state().account();
        return new JsonObject()
                .put("date_updated", VoiceApi.date(queue.updated))
                .put("current_size", waiting.size())
                .put("friendly_name", workflow.sid)
                .put("uri", uri(account) + "/Queues/" + queue.sid + ".json")
                .put("account_sid", account.accountSid())
                .put("average_wait_time", (int) waiting.stream()
                        .mapToLong(task ->
                                Duration.between(task.created, Instant.now()).toSeconds())
                        .average()
                        .orElse(0))
                .put("sid", queue.sid)
                .put("date_created", VoiceApi.date(queue.created))
                .put("max_size", queue.maxSize);
    }

    private static String uri(SandboxAccount account) {
        return ACCOUNTS + "/" + account.accountSid();
    }
}
