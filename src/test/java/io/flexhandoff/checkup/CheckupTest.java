package io.flexhandoff.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.Account;
import com.twilio.rest.api.v2010.account.Queue;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.events.v1.Subscription;
import com.twilio.rest.taskrouter.v1.Workspace;
import com.twilio.rest.taskrouter.v1.workspace.Activity;
import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.connect.RequiredEvents;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.OrgWith;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that can be wrong, made wrong as an administrator would do it, found, and put right again. */
class CheckupTest {

    private static final Org ACME = CheckedOrg.ACME;
    private static final String WORKSPACE = ACME.workspaceSid();
    private static final String HUMANS = ACME.humanQueueSid();
    private static final String AI = ACME.aiQueueSid();
    private static final String HANDED_OFF = filter("Handed off by the AI", "handedOff == true", HUMANS);
    private static final String AI_FIRST = filter("AI first", "direction == 'inbound'", AI);

    private static CheckedOrg org;
    private static String configuration;
    private static URI taskRouterUrl;

    @BeforeAll
    static void connect() throws IOException {
        org = new CheckedOrg();
        configuration = Workflow.fetcher(WORKSPACE, ACME.workflowSid())
                .fetch(org.admin())
                .getConfiguration();
        taskRouterUrl = Workspace.fetcher(WORKSPACE).fetch(org.admin()).getEventCallbackUrl();
    }

    @AfterAll
    static void close() throws IOException {
        org.close();
    }

    /** Whatever a test has broken is healed, and then everything is well. */
    @AfterEach
    void heal() throws IOException {
        org.sandbox().faults().clear();
        org.sandbox().letFlexUse(ACME.accountSid(), null);
        org.publicServer.isTheApplicationOf(ACME);
        Account.updater(ACME.accountSid()).setStatus(Account.Status.ACTIVE).update(org.admin());
        workflow(configuration);
        Workspace.updater(WORKSPACE)
                .setEventCallbackUrl(taskRouterUrl)
                .setEventsFilter("")
                .update(org.admin());
        service(
                taskRouterUrl.toString().replaceFirst("#.*", ""),
                "POST",
                "onMessageAdded",
                "onConversationAdded",
                "onParticipantAdded");
        queue(HUMANS, "roles HAS 'rep'");
        queue(AI, "roles HAS 'ai'");
        activity(ACME.aiWorker().sid(), "Available");
        activity(rep(), "Available");
        waitQueue(100);

        CheckupReport report = org.checkup();

        assertThat(report.checks())
                .filteredOn(check -> !check.name().equals("rejected-requests"))
                .allSatisfy(
                        check -> assertThat(check.status()).as(check.toString()).isEqualTo(Status.OK));
        assertThat(report.healthy()).isTrue();
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void anAccountThatIsClosed() throws IOException {
        Account.updater(ACME.accountSid()).setStatus(Account.Status.SUSPENDED).update(org.admin());

        found("credentials", "suspended", "Twilio's support");
    }

    @Test
    void anAuthTokenThatWasReplaced() throws IOException {
        CheckupReport report = org.checkup(acme -> changed(acme, "token", "rotated-token-77aa"));

        fails(
                report,
                "credentials",
                "refuses the auth token for account " + ACME.accountSid(),
                "was replaced",
                "Twilio Console");
        assertThat(report.toString()).doesNotContain("rotated-token-77aa");
        skipped(report, "workspace", "credentials");
    }

    @Test
    void anAuthTokenOfAnotherOrg() throws IOException {
        fails(
                org.checkup(acme -> changed(acme, "token", "globex-token-2b7c")),
                "credentials",
                "the same token as that of org globex");
    }

    @Test
    void aRestrictedApiKey() throws IOException {
        String key = "SK00000000000000000000000000000001";
        org.sandbox().logins().allow(ACME.accountSid(), key, "key-secret");
        CheckupReport report = org.checkup(acme -> OrgWith.apiKey(acme, key, "key-secret"));
        assertThat(check(report, "credentials").status()).isEqualTo(Status.OK);
        assertThat(check(report, "permissions").found())
                .isEqualTo("The API key " + key + " may do all that a handoff needs");

        org.sandbox().faults().add(Fault.answer(403).code(70051).method("POST").path("**/Calls/*"));
        org.sandbox().faults().add(Fault.answer(403).code(70051).method("GET").path("/2010-04-01/Accounts/*.json"));
        report = org.checkup(acme -> OrgWith.apiKey(acme, key, "key-secret"));
        fails(
                report,
                "permissions",
                "may not do 1 of 14 things",
                "Voice > Calls: update (POST https://api.twilio.com/2010-04-01/Accounts/" + ACME.accountSid()
                        + "/Calls/CA",
                "was answered 403 (70051)",
                "API keys & tokens");
        assertThat(check(report, "credentials").found()).contains("opens to API key " + key + ", which may not read");
        org.sandbox().faults().clear();

        org.sandbox().logins().revoke(key, "key-secret");
        report = org.checkup(acme -> OrgWith.apiKey(acme, key, "key-secret"));
        fails(report, "credentials", "refuses API key " + key, "handoff.orgs.acme.api-key-secret");
        assertThat(report.toString()).doesNotContain("key-secret\"");
        skipped(report, "permissions", "credentials");
    }

    @Test
    void aRestrictedKeyWhereEventsComeByAStream() throws IOException {
        String key = "SK00000000000000000000000000000001";
        UnaryOperator<Org> restricted = acme -> OrgWith.apiKey(acme, key, "key-secret");
        org.sandbox().logins().allow(ACME.accountSid(), key, "key-secret");
        org.sandbox().faults().add(Fault.answer(403).code(70051).product("events"));
        assertThat(check(org.checkup(restricted), "permissions").status())
                .as("who has the callback needs nothing of Event Streams")
                .isEqualTo(Status.OK);

        Workspace.updater(WORKSPACE)
                .setEventCallbackUrl("https://crm.example.com/hook")
                .update(org.admin());
        fails(
                org.checkup(restricted),
                "permissions",
                "may not do 6 of 20 things",
                "Event Streams > Sinks: read (GET https://events.twilio.com/v1/Sinks/DG0",
                "Event Streams > Sinks: create (POST https://events.twilio.com/v1/Sinks was answered 403 (70051)",
                "Event Streams > Subscriptions: delete (DELETE",
                "API keys & tokens");

        org.sandbox().faults().clear();
        assertThat(check(org.checkup(restricted), "permissions").status()).isEqualTo(Status.OK);
        assertThat(Sink.reader().read(org.admin())).as("left behind").isEmpty();
        assertThat(Subscription.reader().read(org.admin())).isEmpty();
    }

    @Test
    void anOauthClient() throws IOException {
        TwilioLogin client = new TwilioLogin(null, null, "OQ1", "client-secret");
        fails(org.checkup(acme -> OrgWith.login(acme, client)), "credentials", "refuses OAuth client OQ1");

        org.sandbox().logins().allowClient(ACME.accountSid(), "OQ1", "client-secret", Duration.ofHours(1));
        CheckupReport report = org.checkup(acme -> OrgWith.login(acme, client));
        assertThat(check(report, "permissions").found()).contains("OAuth client OQ1 may do all");
        assertThat(check(report, "workflow").status()).isEqualTo(Status.OK);
    }

    @Test
    void credentialsOfAnotherAccount() throws IOException {
        CheckupReport report = org.checkup(acme ->
                changed(changed(acme, "account", "AC00000000000000000000000000000000"), "token", "globex-token-2b7c"));
        fails(report, "credentials", "refuses");

        fails(
                org.checkup(acme -> changed(acme, "workspace", "WS00000000000000000000000000000001")),
                "workspace",
                "has no workspace WS00000000000000000000000000000001",
                "Flex Handoff sandbox (" + WORKSPACE + ")",
                "Flex Console > TaskRouter > Workspaces",
                "handoff.orgs.acme.workspace-sid");
    }

    @Test
    void aWorkflowThatIsNotThere() throws IOException {
        CheckupReport report = org.checkup(acme -> changed(acme, "workflow", "WW00000000000000000000000000000001"));

        fails(
                report,
                "workflow",
                "Support (" + ACME.workflowSid() + ")",
                "Workspaces > Flex Handoff sandbox > Workflows");
        skipped(report, "handed-off-filter", "workflow");
        skipped(report, "sample-call", "workflow");
    }

    @Test
    void aConversationsServiceThatIsNotThere() throws IOException {
        CheckupReport report = org.checkup(acme -> changed(acme, "service", "IS00000000000000000000000000000001"));

        fails(
                report,
                "conversations-service",
                "Flex Handoff sandbox (" + ACME.conversationsServiceSid() + ")",
                "Conversations > Manage > Services");
        skipped(report, "conversations-webhook", "conversations-service");
    }

    @Test
    void aConversationsServiceThatFlexDoesNotUse() throws IOException {
        String flexs = "IS00000000000000000000000000000009";
        org.sandbox().letFlexUse(ACME.accountSid(), flexs);

        found(
                "flex-service",
                "Flex uses the Conversations service " + flexs,
                "the rep is stuck with the task",
                "Set handoff.orgs.acme.conversations-service-sid to " + flexs,
                "handoff.orgs.acme.thread-attribute to handoffThreadSid");
        Finding apart = check(org.checkup(acme -> changed(acme, "attribute", "handoffThreadSid")), "flex-service");
        assertThat(apart.status()).isEqualTo(Status.OK);
        assertThat(apart.found()).contains("reps get the note without the thread");
    }

    @Test
    void aFlexThatDoesNotSayWhichConversationsServiceItUses() throws IOException {
        org.sandbox().faults().add(Fault.answer(403).product("flex-api"));

        Finding untold = check(org.checkup(), "flex-service");
        assertThat(untold.status()).isEqualTo(Status.WARNING);
        assertThat(untold.found()).contains("it is the account's default service");
        assertThat(untold.fix())
                .contains("Compare handoff.orgs.acme.conversations-service-sid", "chat_service_instance_sid");
        assertThat(check(org.checkup(acme -> changed(acme, "attribute", "handoffThreadSid")), "flex-service")
                        .status())
                .isEqualTo(Status.OK);

        org.sandbox().faults().clear();
        org.sandbox().faults().add(Fault.answer(503).product("flex-api"));
        assertThat(check(org.checkup(), "flex-service").status()).isEqualTo(Status.SKIPPED);
    }

    static Stream<Arguments> foreignUrls() {
        return Stream.of(
                Arguments.of("", "tells nobody", "--apply"),
                Arguments.of("https://crm.example.com/hook?key=s3cr3t", "crm.example.com", "--replace"),
                Arguments.of("{base}/webhooks/globex/globex-webhook", "of org globex", "another org"),
                Arguments.of("{base}/webhooks/acme/former-token", "another webhook token", "was changed"),
                Arguments.of("{base}/", "not that of the webhook", "mistyped"),
                Arguments.of("https{rest}", "https for http", "signs the URL"));
    }

    @ParameterizedTest
    @MethodSource("foreignUrls")
    void aWebhookThatIsMissingOrPointsElsewhere(String url, String symptom, String words) throws IOException {
        String base = org.publicServer.url();
        String there = url.replace("{base}", base)
                .replace(
                        "{rest}",
                        taskRouterUrl.toString().replaceFirst("^http", "").replaceFirst("#.*", ""));
        Workspace.updater(WORKSPACE).setEventCallbackUrl(there).update(org.admin());
        service(there, "POST", "onMessageAdded", "onConversationAdded", "onParticipantAdded");

        CheckupReport report = org.checkup();

        fails(report, "taskrouter-webhook", symptom, words, "Settings > Event callbacks");
        fails(report, "conversations-webhook", symptom, words, "Services > Flex Handoff sandbox > Webhooks");
        assertThat(report.toString()).doesNotContain("s3cr3t", "globex-webhook", "former-token", "acme-webhook-5c1d");
    }

    static Stream<Arguments> urlsBesideOneWithAPath() {
        return Stream.of(
                Arguments.of(
                        "{base}/twilio/webhooks/acme/former-token",
                        "this org's URL with another webhook token",
                        "was changed"),
                Arguments.of(
                        "{base}/twilio/webhooks/globex/globex-webhook",
                        "to the URL of org globex",
                        "into this org's account"),
                Arguments.of(
                        "{base}/twilio/webhooks/globex/former-token",
                        "the URL of org globex with another webhook token",
                        "handoff.orgs.globex.webhook-token was changed"),
                Arguments.of(
                        "{https}/twilio/webhooks/acme/acme-webhook-5c1d",
                        "this org's URL with https for http",
                        "signs the URL"),
                Arguments.of(
                        "{https}/twilio/webhooks/acme/former-token",
                        "this org's URL with another webhook token and https for http",
                        "signs the URL"),
                Arguments.of(
                        "{base}/webhooks/acme/acme-webhook-5c1d", "another path before /webhooks", "signs the URL"),
                Arguments.of(
                        "{https}/webhooks/globex/former-token",
                        "the URL of org globex with another webhook token and https for http and another path",
                        "into this org's account"),
                Arguments.of("{base}/twilio/webhooks/s3cr3t/acme", "an org that is not configured here", "another org"),
                Arguments.of(
                        "{user}/twilio/webhooks/acme/acme-webhook-5c1d", "with a user and password", "signs the URL"),
                Arguments.of(
                        "{upper}/twilio/webhooks/acme/acme-webhook-5c1d", "its host in other letters", "signs the URL"),
                Arguments.of("{base}/twilio/webhooks/acme", "not that of the webhook", "mistyped or cut off"));
    }

    @ParameterizedTest
    @MethodSource("urlsBesideOneWithAPath")
    void aWebhookBesideAPublicUrlWithAPath(String url, String symptom, String words) throws IOException {
        String base = org.publicServer.url();
        String there = url.replace("{base}", base)
                .replace("{https}", base.replace("http:", "https:"))
                .replace("{user}", base.replace("//", "//crm:s3cr3t@"))
                .replace("{upper}", base.replace("localhost", "LocalHost"));
        Workspace.updater(WORKSPACE).setEventCallbackUrl(there).update(org.admin());

        CheckupReport report = org.checkup(ACME, base + "/twilio");

        fails(report, "taskrouter-webhook", symptom, words);
        assertThat(report.toString()).doesNotContain("s3cr3t", "globex-webhook", "former-token", "acme-webhook-5c1d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#rc=3&rp=all", "?team=voice#rc=3&rp=all"})
    void aWebhookThatSaysTheSameInOtherWords(String end) throws IOException {
        String there = org.publicServer.url() + "/twilio/webhooks/acme/acme-webhook-5c1d" + end;
        Workspace.updater(WORKSPACE).setEventCallbackUrl(there).update(org.admin());

        assertThat(check(org.checkup(ACME, org.publicServer.url() + "/twilio"), "taskrouter-webhook")
                        .status())
                .isEqualTo(Status.OK);
    }

    /** Twilio takes such URLs, Java's URI does not. */
    @ParameterizedTest
    @CsvSource({
        "https://crm.example.com/hook?tenant=a|b, another system's address, 'at crm.example.com'",
        "https://crm.example.com/{callSid}/my hook, another system's address, 'at crm.example.com'",
        "https://crm.example.com/50%#rc=2#x, another system's address, 'at crm.example.com'",
        "'{base}/webhooks/acme/a^b', another webhook token, was changed",
        "call me, no URL, mistyped",
        "http://, no URL, mistyped"
    })
    void aWebhookThatJavaCannotRead(String url, String symptom, String words) throws IOException {
        org.sandbox().connect(ACME.accountSid(), url.replace("{base}", org.publicServer.url()));

        CheckupReport report = org.checkup();

        fails(report, "taskrouter-webhook", symptom, words);
        fails(report, "conversations-webhook", symptom, words);
        assertThat(check(report, "workspace").status()).isEqualTo(Status.OK);
        assertThat(check(report, "conversations-service").status()).isEqualTo(Status.OK);
    }

    @Test
    void aProxyThatLeavesThePathBeforeOurs() throws IOException {
        org.publicServer.answers(404, "{\"detail\":\"There is nothing at this path\"}");

        fails(
                org.checkup(ACME, org.publicServer.url() + "/twilio"),
                "public-url",
                "answers, but not at /twilio/webhooks",
                "The proxy leaves /twilio before the path");
    }

    @Test
    void aWebhookThatLacksAnEvent() throws IOException {
        Workspace.updater(WORKSPACE)
                .setEventsFilter("task.created, reservation.accepted")
                .update(org.admin());
        service(taskRouterUrl.toString().replaceFirst("#.*", ""), "POST", "onMessageAdded");

        CheckupReport report = org.checkup();

        fails(report, "taskrouter-webhook", "does not send task.canceled, task.wrapup, task.completed", "Tick");
        fails(report, "conversations-webhook", "does not send onConversationAdded, onParticipantAdded", "Tick");
    }

    @Test
    void aStreamInPlaceOfTheCallback() throws IOException {
        Workspace.updater(WORKSPACE)
                .setEventCallbackUrl("https://crm.example.com/hook")
                .update(org.admin());
        fails(org.checkup(), "taskrouter-webhook", "another system's address", "connect acme --apply --events=stream");

        Sink sink = Sink.creator(
                        "ours",
                        Map.of(
                                "destination",
                                taskRouterUrl.toString().replaceFirst("#.*", "") + "/events",
                                "method",
                                "POST"),
                        Sink.SinkType.WEBHOOK)
                .create(org.admin());
        String[] types = RequiredEvents.STREAMED.toArray(String[]::new);
        subscribe(sink, types[0]);
        fails(org.checkup(), "taskrouter-webhook", "Event Streams does not send " + types[1], "--events=stream");

        subscribe(sink, types);
        assertThat(check(org.checkup(), "taskrouter-webhook").found())
                .isEqualTo("TaskRouter's events come here by Event Streams");
        Subscription.reader().read(org.admin()).forEach(each -> Subscription.deleter(each.getSid())
                .delete(org.admin()));
        Sink.deleter(sink.getSid()).delete(org.admin());
    }

    private void subscribe(Sink sink, String... types) {
        List<Object> subscribed = new ArrayList<>();
        for (String type : types) {
            subscribed.add(Map.of("type", type, "schema_version", 1));
        }
        Subscription.creator("ours", sink.getSid(), subscribed).create(org.admin());
    }

    @Test
    void aWebhookThatIsTriedOnce() throws IOException {
        Workspace.updater(WORKSPACE)
                .setEventCallbackUrl(taskRouterUrl.toString().replaceFirst("#.*", ""))
                .update(org.admin());
        assertThat(check(org.checkup(), "taskrouter-webhook").status()).isEqualTo(Status.WARNING);

        service(
                taskRouterUrl.toString().replaceFirst("#.*", ""),
                "GET",
                "onMessageAdded",
                "onConversationAdded",
                "onParticipantAdded");
        found("conversations-webhook", "by GET");
    }

    @Test
    void noFilterForHandedOffCalls() throws IOException {
        workflow(workflow(HUMANS, AI_FIRST));

        CheckupReport report = org.checkup();

        fails(
                report,
                "handed-off-filter",
                "No filter of the workflow asks for handedOff",
                "handedOff == true",
                "Flex Console > TaskRouter > Workspaces > Flex Handoff sandbox > Workflows > Support",
                "connect acme --apply");
        skipped(report, "filter-order", "handed-off-filter");
        fails(report, "sample-call", "goes to AI Agents");
    }

    @Test
    void aFilterForHandedOffCallsThatNeverMatches() throws IOException {
        workflow(workflow(HUMANS, filter("Handed off", "handedOff == 'true'", HUMANS), AI_FIRST));

        found("handed-off-filter", "ever matches", "handedOff is true, not the text 'true'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direction == 'inbound'", "flex_language == 'es'"})
    void aFilterForHandedOffCallsAfterThatOfTheAi(String expression) throws IOException {
        workflow(workflow(HUMANS, filter("AI first", expression, AI), HANDED_OFF));

        found("filter-order", "go back to the AI, by the filter 'AI first'", "Drag the filter 'Handed off by the AI'");
    }

    @Test
    void anotherTeamsFilterThatTakesHandedOffCalls() throws IOException {
        workflow(workflow(HUMANS, filter("VIP", "handoffLanguage == 'en-US' OR tier == 'gold'", HUMANS), HANDED_OFF));
        assertThat(org.checkup().healthy()).isTrue();

        workflow(workflow(HUMANS, filter("Americans", "from_country == 'US'", HUMANS), HANDED_OFF));

        Finding order = check(org.checkup(), "filter-order");
        assertThat(order.status()).isEqualTo(Status.WARNING);
        assertThat(order.cause()).contains("from_country is 'US'");
    }

    @Test
    void handedOffCallsThatNobodyGets() throws IOException {
        queue(HUMANS, "roles HAS 'nobody'");
        found(
                "handed-off-queue",
                "wait in 'Human Support' for nobody",
                "roles HAS 'nobody'",
                "TaskQueues > Human Support");

        queue(HUMANS, "roles HAS 'rep'");
        activity(rep(), "Offline");
        Finding offline = check(org.checkup(), "handed-off-queue");
        assertThat(offline.status()).isEqualTo(Status.WARNING);
        assertThat(offline.found()).contains("1 worker, 0 available now");

        workflow(workflow(HUMANS, filter("Handed off", "handedOff == true", AI), AI_FIRST));
        found("handed-off-queue", "the queue of the AI");

        workflow(workflow(HUMANS, filter("Handed off", "handedOff == true", "WQ" + "0".repeat(32)), AI_FIRST));
        found("handed-off-queue", "does not exist", "Workflows > Support > Handed off");
    }

    @Test
    void noDefaultFilter() throws IOException {
        workflow(workflow(null, HANDED_OFF, AI_FIRST));
        found("default-filter", "its caller dropped", "has no default filter", "Workflows > Support");

        workflow(workflow("WQ" + "0".repeat(32), HANDED_OFF, AI_FIRST));
        found("default-filter", "does not exist");
    }

    static Stream<Arguments> hopelessExpressions() {
        return Stream.of(
                Arguments.of("customer-tier == 'gold'", "the name customer-tier has a hyphen"),
                Arguments.of("flex.level-2 == 'x'", "the name flex.level-2 has a hyphen"),
                Arguments.of("handoffReason HAS 'Billing'", "HAS on handoffReason, which is a text"),
                Arguments.of("tier = 'gold'", "Unexpected = at position 5"));
    }

    @ParameterizedTest
    @MethodSource("hopelessExpressions")
    void expressionsThatNeverMatch(String expression, String problem) throws IOException {
        workflow(workflow(HUMANS, HANDED_OFF, filter("Gold", expression, HUMANS), AI_FIRST));

        found("filter-expressions", "Filter 'Gold'", problem, "letters, digits and _");
    }

    @Test
    void aQueueWhoseExpressionTakesATextForAList() throws IOException {
        Worker.updater(WORKSPACE, rep()).setAttributes("{\"roles\":\"rep\"}").update(org.admin());
        found("filter-expressions", "Queue 'Human Support'", "HAS on roles, which is a text");

        Worker.updater(WORKSPACE, rep()).setAttributes("{\"roles\":[\"rep\"]}").update(org.admin());
    }

    @Test
    void theAiWorker() throws IOException {
        activity(ACME.aiWorker().sid(), "Offline");
        found("ai-worker", "its worker is Offline", "Workers > AI Support Agent");

        activity(ACME.aiWorker().sid(), "Available");
        queue(AI, "roles HAS 'robot'");
        found("ai-worker", "not in the queue 'AI Agents'", "roles HAS 'robot'");

        fails(
                org.checkup(acme -> changed(acme, "worker", "WK00000000000000000000000000000001")),
                "ai-worker",
                "there is no worker WK00000000000000000000000000000001");
        Finding notSet = check(org.checkup(acme -> changed(acme, "worker", null)), "ai-worker");
        assertThat(notSet.status()).isEqualTo(Status.WARNING);
        assertThat(notSet.fix()).contains("Set it to " + ACME.aiWorker().sid());
        assertThat(check(org.checkup(acme -> changed(changed(acme, "worker", null), "aiQueue", null)), "ai-worker")
                        .status())
                .isEqualTo(Status.SKIPPED);
    }

    @Test
    void aWaitQueueAtItsLimit() throws IOException {
        activity(rep(), "Offline");
        String call = org.sandbox().placeCall(ACME.accountSid(), "+15550100", "+15550199");
        com.twilio.rest.api.v2010.account.Call.updater(ACME.accountSid(), call)
                .setTwiml("<Response><Enqueue workflowSid=\"" + ACME.workflowSid()
                        + "\"><Task>{\"handedOff\":true}</Task></Enqueue></Response>")
                .update(org.admin());
        waitQueue(1);
        found("wait-queue", "1 of at most 1 callers wait", "dropped", ACME.workflowSid(), "Manage > Queues");

        org.sandbox().hangUp(call);
    }

    @Test
    void aPublicAddressThatIsNotSet() throws IOException {
        CheckupReport report = org.checkup(ACME, null);
        fails(report, "public-url", "handoff.public-url is not set", "such as https://handoff.example.com");
        skipped(report, "taskrouter-webhook", "public-url");

        fails(org.checkup(acme -> changed(acme, "webhook", null)), "public-url", "handoff.orgs.acme.webhook-token");
        fails(org.checkup(ACME, "handoff.example.com"), "public-url", "is no address");
    }

    @Test
    void aPublicAddressThatNobodyIsAt() throws IOException {
        fails(org.checkup(ACME, "https://handoff.invalid"), "public-url", "by the name handoff.invalid", "DNS");
        fails(org.checkup(ACME, "http://localhost:1"), "public-url", "Nothing listens at http://localhost:1");
    }

    @Test
    void aPublicAddressWithACertificateThatNobodyTrusts(@TempDir Path folder) throws Exception {
        try (PublicServer selfSigned = PublicServer.selfSigned(folder)) {
            fails(
                    org.checkup(ACME, "https://localhost:" + selfSigned.port()),
                    "public-url",
                    "The certificate of https://localhost:" + selfSigned.port() + " is not to be trusted");
        }
    }

    @Test
    void aPublicAddressAtWhichAnotherServerAnswers() throws IOException {
        org.publicServer.answers(404, "<html>nothing here</html>");
        found("public-url", "another server answers, with status 404", "another machine");

        org.publicServer.answers(502, "Bad gateway");
        found("public-url", "status 502", "does not reach this application");

        org.publicServer.answers(200, "hello");
        found("public-url", "another server answers, with status 200");

        org.publicServer.answers(301, "https://www.example.com/webhooks/acme/s3cr3t");
        assertThat(found("public-url", "sends callers on to www.example.com").toString())
                .doesNotContain("s3cr3t");

        org.publicServer.answers(403, "{\"detail\":\"This request is not accepted\"}");
        found("public-url", "refuses what is signed for this org", "rejected-requests");
    }

    @Test
    void anAddressThatTwilioCannotCall() throws IOException {
        Finding address = check(org.checkup(ACME, org.publicServer.url(), true), "public-url");

        assertThat(address.status()).isEqualTo(Status.WARNING);
        assertThat(address.cause()).contains("private address");
    }

    @Test
    void whenTwilioIsDownNothingIsSaidToBeWrong() throws IOException {
        org.sandbox().faults().add(Fault.answer(503));

        CheckupReport report = org.checkup();

        assertThat(report.checks()).noneMatch(check -> check.status() == Status.FAILED);
        assertThat(check(report, "credentials").found()).startsWith("Could not tell");
        assertThat(check(report, "sample-call").found()).contains("could not be told");
        assertThat(report.healthy()).isFalse();
        assertThat(report.exitCode()).isEqualTo(2);
    }

    @Test
    void whatTwilioDoesNotTellIsNotKnown() throws IOException {
        org.sandbox().faults().add(Fault.answer(500).path("**/Queues.json"));

        CheckupReport report = org.checkup();

        assertThat(check(report, "wait-queue").status()).isEqualTo(Status.SKIPPED);
        assertThat(report.exitCode()).isEqualTo(2);
    }

    @Test
    void theProofShowsEveryFilterAndWhatDecided() throws IOException {
        workflow(workflow(
                HUMANS,
                filter("Gold", "tier == 'gold' AND handedOff == true", HUMANS),
                filter("Spanish", "handedOff == true AND handoffLanguage CONTAINS 'es'", HUMANS),
                filter("Everybody else", "handedOff == true AND NOT (from_country IN ['DE', 'FR'])", HUMANS),
                AI_FIRST));

        assertThat(check(org.checkup(), "sample-call").found()).isEqualTo("""
                        A handed-off call with tier not set or anything else and handoffLanguage en-US and from_country not set or anything else goes to Human Support (1 worker, 1 available now) by filter 'Everybody else'
                        1. Gold: tier == 'gold' AND handedOff == true is false, since tier is not set
                        2. Spanish: handedOff == true AND handoffLanguage CONTAINS 'es' is false, since handoffLanguage is 'en-US'
                        3. Everybody else: handedOff == true AND NOT (from_country IN ['DE', 'FR']) is true, since handedOff is true and from_country is 'US' -> Human Support
                        4. AI first: direction == 'inbound' is true, since direction is 'inbound'
                        default filter -> Human Support""");

        workflow(workflow(null, filter("Gold", "tier == 'gold'", HUMANS)));
        assertThat(check(org.checkup(), "sample-call").found()).isEqualTo("""
                        A handed-off call with tier not set or anything else gets nowhere and is canceled, by the default filter
                        1. Gold: tier == 'gold' is false, since tier is not set
                        default filter -> none""");
    }

    private Finding found(String name, String... words) throws IOException {
        return fails(org.checkup(), name, words);
    }

    private static Finding fails(CheckupReport report, String name, String... words) {
        Finding finding = check(report, name);
        assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.FAILED);
        assertThat(finding.found()).isNotBlank();
        assertThat(finding.cause()).isNotBlank();
        assertThat(finding.fix()).isNotBlank();
        assertThat(String.join("\n", finding.found(), finding.cause(), finding.fix()))
                .contains(words);
        assertThat(report.healthy()).isFalse();
        assertThat(report.exitCode()).isEqualTo(1);
        return finding;
    }

    private static void skipped(CheckupReport report, String name, String because) {
        assertThat(check(report, name).status()).isEqualTo(Status.SKIPPED);
        assertThat(check(report, name).found()).contains(because);
    }

    private static Finding check(CheckupReport report, String name) {
        return report.checks().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String filter(String name, String expression, String queue) {
        return "{\"filter_friendly_name\":\"%s\",\"expression\":\"%s\",\"targets\":[{\"queue\":\"%s\"}]}"
                .formatted(name, expression, queue);
    }

    private static String workflow(String defaultQueue, String... filters) {
        return "{\"task_routing\":{\"filters\":[%s]%s}}"
                .formatted(
                        String.join(",", filters),
                        defaultQueue == null ? "" : ",\"default_filter\":{\"queue\":\"" + defaultQueue + "\"}");
    }

    private static void workflow(String json) {
        Workflow.updater(WORKSPACE, ACME.workflowSid()).setConfiguration(json).update(org.admin());
    }

    private static void service(String url, String method, String... filters) {
        Webhook.updater(ACME.conversationsServiceSid())
                .setPostWebhookUrl(url)
                .setMethod(HttpMethod.forValue(method).toString())
                .setFilters(List.of(filters))
                .update(org.admin());
    }

    private static void queue(String sid, String expression) {
        TaskQueue.updater(WORKSPACE, sid).setTargetWorkers(expression).update(org.admin());
    }

    private static void waitQueue(int size) {
        String sid = Queue.reader(ACME.accountSid())
                .read(org.admin())
                .iterator()
                .next()
                .getSid();
        Queue.updater(ACME.accountSid(), sid).setMaxSize(size).update(org.admin());
    }

    private static void activity(String worker, String name) {
        String sid = Activity.reader(WORKSPACE)
                .setFriendlyName(name)
                .read(org.admin())
                .iterator()
                .next()
                .getSid();
        Worker.updater(WORKSPACE, worker).setActivitySid(sid).update(org.admin());
    }

    private static String rep() {
        return Worker.reader(WORKSPACE)
                .setTaskQueueSid(null)
                .setFriendlyName("Riley (rep)")
                .read(org.admin())
                .iterator()
                .next()
                .getSid();
    }

    /** The org with one setting changed. */
    private static Org changed(Org acme, String setting, String value) {
        UnaryOperator<String> account = of(setting, "account", value);
        return new Org(
                acme.name(),
                account.apply(acme.accountSid()),
                of(setting, "token", value).apply(acme.authToken()),
                of(setting, "workspace", value).apply(acme.workspaceSid()),
                of(setting, "workflow", value).apply(acme.workflowSid()),
                of(setting, "service", value).apply(acme.conversationsServiceSid()),
                of(setting, "aiQueue", value).apply(acme.aiQueueSid()),
                acme.humanQueueSid(),
                acme.apiKeys(),
                of(setting, "webhook", value).apply(acme.webhookToken()),
                new io.flexhandoff.org.AiWorker(
                        of(setting, "worker", value).apply(acme.aiWorker().sid()), null, null),
                of(setting, "attribute", value).apply(acme.threadAttribute()));
    }

    private static UnaryOperator<String> of(String setting, String name, String value) {
        return present -> setting.equals(name) ? value : present;
    }
}
