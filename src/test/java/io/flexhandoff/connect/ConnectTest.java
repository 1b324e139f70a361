package io.flexhandoff.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import io.flexhandoff.api.Problem;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.org.Org;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.Faults;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {

    private static final String FOREIGN = "https://user:secret@crm.example.com/hooks/abc123secret?key=secret";
    private static final String CUSTOMERS = """
            {"task_routing": {
                "filters": [
                    {"filter_friendly_name":"VIP","expression":"tier == 'vip'","targets":[{"queue":"WQ00000000000000000000000000000001","priority":10.0}],"x":1e2}
                ],
                "custom":  "\\u00e9"
            }}""";

    private final TwilioPlant plant = new TwilioPlant();
    private final Connect connect = plant.connect;

    @BeforeEach
    void anAccountThatNobodyConnected() {
        plant.withoutAiWorker();
        plant.workflow(CUSTOMERS);
    }

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    @Test
    void thePlanSaysWhatWouldChangeAndChangesNothing() {
        ConnectPlan plan = connect.plan("acme");

        assertThat(plan.applied()).isFalse();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes())
                .extracting(Change::resource, Change::change)
                .containsExactly(
                        tuple("AI worker", "create"),
                        tuple("TaskRouter webhook", "set"),
                        tuple("Conversations webhook", "set"),
                        tuple("Workflow: Handed off by the AI", "add"),
                        tuple("Workflow: AI first", "add"),
                        tuple("Workflow: default filter", "add"));
        assertThat(plan.toString()).doesNotContain(TwilioPlant.TOKEN);
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
        assertThat(plant.aiWorker()).isEmpty();
        assertThat(plant.workspace().getEventCallbackUrl().toString()).isEmpty();
    }

    @Test
    void eventsByAStreamLeaveTheCallbackToWhoeverHasIt() throws Exception {
        plant.reportToAny(FOREIGN);
        assertThat(connect.plan("acme").notes()).anyMatch(note -> note.contains("events=stream"));

        ConnectPlan applied = connect.apply("acme", TaskEventsWay.STREAM, false);

        assertThat(applied.applied()).isTrue();
        assertThat(applied.changes())
                .extracting(Change::resource, Change::change, Change::to)
                .contains(tuple(
                        "Event Streams", "create", TwilioPlant.PUBLIC_URL + "/webhooks/acme/***/events, 9 events"));
        assertThat(plant.reportsTo()).isEqualTo(FOREIGN);
        assertThat(plant.streamed())
                .containsOnlyKeys(plant.webhook() + "/events")
                .allSatisfy((sink, types) ->
                        assertThat(types).containsExactlyInAnyOrderElementsOf(RequiredEvents.STREAMED));
        long writes = plant.twilio.requests("POST");
        assertThat(connect.apply("acme", TaskEventsWay.STREAM, false).changes()).isEmpty();
        assertThat(connect.plan("acme").changes()).as("as it is").isEmpty();
        assertThat(plant.twilio.requests("POST")).isEqualTo(writes);

        ConnectPlan back = connect.rollback("acme");

        assertThat(back.problems()).isEmpty();
        assertThat(plant.streamed()).isEmpty();
        assertThat(plant.reportsTo()).isEqualTo(FOREIGN);
    }

    @Test
    void aStreamToAFormerAddressOrWithoutSomeTypesIsMended() throws Exception {
        plant.stream("https://yesterday.example.net/webhooks/acme/" + TwilioPlant.TOKEN + "/events", "task.created");
        plant.stream("https://crm.example.com/events", "task.created", "worker.created");

        assertThat(connect.plan("acme", TaskEventsWay.STREAM).changes())
                .extracting(Change::resource, Change::change)
                .contains(tuple("Event Streams", "update"));
        connect.apply("acme", TaskEventsWay.STREAM, false);

        assertThat(plant.streamed())
                .containsOnlyKeys("https://crm.example.com/events", plant.webhook() + "/events")
                .extractingByKey(plant.webhook() + "/events", InstanceOfAssertFactories.collection(String.class))
                .containsAll(RequiredEvents.STREAMED);
    }

    @Test
    void onlyTwoWaysLeadHere() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> connect.planAsked("acme", "kinesis"))
                .withMessage("events: must be callback or stream");
    }

    @Test
    void appliesAllOfItAndTwiceIsNothingMore() throws Exception {
        ConnectPlan applied = connect.apply("acme", false);

        assertThat(applied.applied()).isTrue();
        assertThat(applied.changes()).hasSize(6);
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(plant.webhook() + "#rc=3&rp=all");
        assertThat(plant.workspace().getEventsFilter().split(","))
                .containsExactlyInAnyOrderElementsOf(RequiredEvents.TASKROUTER);
        assertThat(plant.webhooks().getPostWebhookUrl()).hasToString(plant.webhook());
        assertThat(plant.webhooks().getFilters())
                .containsExactly("onMessageAdded", "onConversationAdded", "onParticipantAdded");
        assertThat(plant.filters())
                .containsExactly(
                        "VIP: tier == 'vip' -> WQ00000000000000000000000000000001",
                        "Handed off by the AI: handedOff == true -> human",
                        "AI first: direction == 'inbound' AND call_sid CONTAINS 'CA' -> AI",
                        "default -> human");
        assertThat(plant.workflow())
                .contains("\"priority\":10.0}],\"x\":1e2}", "\"custom\":  \"\\u00e9\"", "{\"task_routing\": {");
        assertThat(plant.aiWorker()).get().satisfies(worker -> {
            assertThat(worker.getActivityName()).isEqualTo("Available");
            assertThat(applied.notes()).anyMatch(note -> note.contains(worker.getSid()));
        });

        long writes = plant.twilio.requests("POST");
        ConnectPlan again = connect.apply("acme", false);

        assertThat(again.applied()).isTrue();
        assertThat(again.changes()).isEmpty();
        assertThat(plant.twilio.requests("POST")).isEqualTo(writes);
    }

    @Test
    void proposesAnAttributeOfOnesOwnWhereFlexUsesAnotherConversationsService() {
        assertThat(connect.plan("acme").notes()).noneMatch(note -> note.contains("thread-attribute"));
        String flexs = "IS00000000000000000000000000000009";
        plant.twilio.server().sandbox().letFlexUse(plant.account.accountSid(), flexs);

        assertThat(connect.plan("acme").notes())
                .anyMatch(note ->
                        note.startsWith("Set handoff.orgs.acme.thread-attribute to handoffThreadSid: Flex uses the"
                                + " Conversations service " + flexs));
        Connect apart = plant.connect(
                plant.org(plant.account.authToken(), plant.account.workspaceSid(), "handoffThreadSid"),
                TwilioPlant.PUBLIC_URL);
        assertThat(apart.plan("acme").notes()).noneMatch(note -> note.contains("thread-attribute"));

        assertThat(connect.apply("acme", false).changes()).hasSize(6);
        assertThat(connect.rollback("acme").changes()).isNotEmpty();
    }

    @Test
    void theFilterForHandedOffCallsComesBeforeTheOneOfTheAi() throws Exception {
        plant.workflow(
                "{\"task_routing\":{\"filters\":[" + toAi("Robot") + "],\"default_filter\":{\"queue\":\"WQ9\"}}}");

        connect.apply("acme", false);

        assertThat(plant.filters())
                .containsExactly(
                        "Handed off by the AI: handedOff == true -> human", "Robot: 1 == 1 -> AI", "default -> WQ9");
    }

    @Test
    void aFilterOfSomebodyElseThatStandsTooLateIsMovedOnlyWhenTold() throws Exception {
        String late =
                "{\"filter_friendly_name\":\"From the bot\",\"expression\":\"handedOff==true\",\"targets\":[{\"queue\":\""
                        + plant.account.humanQueueSid() + "\"}]}";
        plant.workflow("{\"task_routing\":{\"filters\":[" + toAi("Robot") + "," + late + "]}}");

        assertThat(connect.plan("acme").problems())
                .containsExactly("Workflow: \"From the bot\": it stands after \"Robot\", which takes the calls before"
                        + " it; say replace to move it ahead");
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> connect.apply("acme", false));
        connect.apply("acme", true);

        assertThat(plant.filters())
                .containsExactly("From the bot: handedOff==true -> human", "Robot: 1 == 1 -> AI", "default -> human");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handedOff == true AND handoffLanguage == 'en-US'",
                "handedOff == true AND handoffSentiment == 'neutral'",
                "handedOff == true AND to == '+15550123'",
                "handedOff == true AND tier == 'gold'",
                "handedOff == 'true'",
                "NOT handedOff == true"
            })
    void aFilterThatTakesSomeHandedOffCallsIsNotOneForAll(String expression) throws Exception {
        String some = "{\"filter_friendly_name\":\"Some\",\"expression\":\"" + expression
                + "\",\"targets\":[{\"queue\":\"" + plant.account.humanQueueSid() + "\"}]}";
        plant.workflow("{\"task_routing\":{\"filters\":[" + some + "," + toAi("Robot") + "]}}");

        connect.apply("acme", false);

        assertThat(plant.filters())
                .containsExactly(
                        "Some: " + expression + " -> human",
                        "Handed off by the AI: handedOff == true -> human",
                        "Robot: 1 == 1 -> AI",
                        "default -> human");
        assertThat(connect.plan("acme").changes()).isEmpty();
    }

    @Test
    void aFilterForSomeHandedOffCallsThatStandsTooLateIsTold() {
        String late =
                "{\"filter_friendly_name\":\"Spanish\",\"expression\":\"handedOff == true AND handoffLanguage == 'es'\"}";
        plant.workflow("{\"task_routing\":{\"filters\":[" + toAi("Robot") + "," + late + "]}}");

        assertThat(connect.plan("acme").notes())
                .contains(
                        "\"Spanish\" takes some handed-off calls, and stands after \"Robot\": put it ahead of the filter"
                                + " for all of them in the Console");
    }

    private String toAi(String name) {
        return "{\"filter_friendly_name\":\"" + name + "\",\"expression\":\"1 == 1\",\"targets\":[{\"queue\":\""
                + plant.account.aiQueueSid() + "\"}]}";
    }

    @Test
    void aWebhookOfSomebodyElseIsDisplacedOnlyWhenTold() {
        plant.reportTo(FOREIGN);

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> connect.apply("acme", false))
                .withMessage("TaskRouter webhook: the URL of crm.example.com stands there and would be displaced; say"
                        + " replace to take its place. Nothing was changed")
                .satisfies(problem -> assertThat(problem.getStatus()).isEqualTo(409));
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(FOREIGN);
        assertThat(connect.plan("acme").toString())
                .contains("https://crm.example.com/...")
                .doesNotContain("secret");

        connect.apply("acme", true);
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(plant.webhook() + "#rc=3&rp=all");

        assertThat(connect.rollback("acme").toString()).doesNotContain("secret");
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://crm.example.com/hook?secret=a|b",
                "https://crm.example.com/{secret}/my hook",
                "https://user:se^cret@crm.example.com/50%",
                "call our secret"
            })
    void aUrlThatJavaCannotReadIsDisplacedAndRestoredAsItWas(String url) throws Exception {
        plant.reportToAny(url);

        assertThat(connect.plan("acme").problems().toString())
                .contains(
                        url.startsWith("https")
                                ? "the URL of crm.example.com stands there"
                                : "another system's URL stands there")
                .doesNotContain("secret", "se^cret");
        connect.apply("acme", true);
        assertThat(plant.reportsTo()).isEqualTo(plant.webhook() + "#rc=3&rp=all");

        assertThat(connect.rollback("acme").toString()).doesNotContain("secret", "se^cret");
        assertThat(plant.reportsTo()).isEqualTo(url);
    }

    @Test
    void whatConnectWroteItselfIsNotWhatStoodThereBefore() {
        plant.reportTo(FOREIGN);
        connect.apply("acme", true);
        Connect moved = plant.connect(
                plant.org(plant.account.authToken(), plant.account.workspaceSid()), "https://new.example.com");

        assertThat(moved.plan("acme").problems()).isEmpty();
        moved.apply("acme", false);
        moved.rollback("acme");

        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(FOREIGN);
    }

    @Test
    void theLedgerKeepsNoTokenOfTheOrg() throws Exception {
        plant.reportTo(plant.webhook());
        connect.apply("acme", false);

        try (var connection = plant.ledger.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from connect_change")) {
            while (rows.next()) {
                assertThat(rows.getString("state_before") + rows.getString("written"))
                        .doesNotContain(TwilioPlant.TOKEN);
            }
        }
        connect.rollback("acme");
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(plant.webhook());
    }

    @Test
    void rollsBackToWhatStoodThere() {
        connect.apply("acme", false);

        ConnectPlan back = connect.rollback("acme");

        assertThat(back.applied()).isTrue();
        assertThat(back.changes()).extracting(Change::change).containsExactly("restore", "remove", "remove", "remove");
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
        assertThat(plant.aiWorker()).isEmpty();
        assertThat(plant.workspace().getEventCallbackUrl().toString()).isEmpty();
        assertThat(plant.webhooks().getPostWebhookUrl().toString()).isEmpty();
        assertThat(connect.rollback("acme").changes()).isEmpty();
    }

    @Test
    void rollbackTakesItsFiltersOutOfAWorkflowThatWasEditedSince() {
        connect.apply("acme", false);
        plant.workflow(plant.workflow().replace("tier == 'vip'", "tier == 'gold'"));

        ConnectPlan back = connect.rollback("acme");

        assertThat(back.applied()).isTrue();
        assertThat(plant.workflow())
                .isEqualTo(CUSTOMERS
                        .replace("tier == 'vip'", "tier == 'gold'")
                        .replace(
                                "{\"task_routing\": {",
                                "{\"task_routing\": {\"default_filter\":{\"queue\":\"" + plant.account.humanQueueSid()
                                        + "\"},"));
    }

    @Test
    void rollbackLeavesWhatWasChangedByHandAndSaysSo() {
        connect.apply("acme", false);
        String edited = plant.workflow()
                .replace("handedOff == true", "handedOff == true AND tier == 'gold'")
                .replace("direction == 'inbound'", "direction != 'outbound'");
        plant.workflow(edited);
        plant.reportTo(FOREIGN);

        ConnectPlan back = connect.rollback("acme");

        assertThat(back.applied()).isFalse();
        assertThat(back.problems())
                .containsExactly(
                        "Workflow filters: it was changed since connect wrote it, and is left as it is; mend it in the Console",
                        "TaskRouter webhook: it was changed since connect wrote it, and is left as it is; mend it in the Console");
        assertThat(back.toString()).doesNotContain("secret");
        assertThat(plant.workflow()).isEqualTo(edited);
        assertThat(plant.workspace().getEventCallbackUrl()).hasToString(FOREIGN);
        assertThat(plant.aiWorker()).isEmpty();
    }

    @Test
    void rollbackGoesOnAfterARefusalAndSaysWhatIsLeftAndWhy() throws Exception {
        connect.apply("acme", false);
        Faults faults = plant.twilio.server().sandbox().faults();
        faults.add(Fault.answer(400).code(20001).product("conversations").method("POST"));

        ConnectPlan back = connect.rollback("acme");

        assertThat(back.applied()).isFalse();
        assertThat(back.problems())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("Conversations webhook: it is left as it is: POST https://conversations.twilio.com/")
                .contains("400", "mend it in the Console, or roll back again")
                .doesNotContain(plant.webhook());
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
        assertThat(plant.aiWorker()).isEmpty();
        assertThat(plant.reportsTo()).isNullOrEmpty();

        faults.clear();
        assertThat(connect.rollback("acme").applied()).isTrue();
        assertThat(connect.rollback("acme").changes()).isEmpty();
    }

    /** A tunnel has a new name each morning, and a token may be another as well. */
    @Test
    void itsOwnFormerUrlsAreReplacedUnasked() throws Exception {
        Org org = plant.org(plant.account.authToken(), plant.account.workspaceSid());
        plant.connect(org, "https://monday.tunnel.dev").apply("acme", false);

        Connect tuesday = plant.connect(org, "https://tuesday.tunnel.dev");
        assertThat(tuesday.plan("acme").problems()).isEmpty();
        assertThat(tuesday.plan("acme").changes().toString())
                .contains("https://monday.tunnel.dev/webhooks/acme/***", "https://tuesday.tunnel.dev/webhooks/acme/***")
                .doesNotContain(plant.webhook().replaceFirst(".*/", ""));
        tuesday.apply("acme", false);
        assertThat(plant.reportsTo()).startsWith("https://tuesday.tunnel.dev/");

        Connect wednesday = plant.connect(withToken(org, "another-token"), "https://wednesday.tunnel.dev");
        assertThat(wednesday.plan("acme").problems()).isEmpty();
        wednesday.apply("acme", false);
        assertThat(plant.reportsTo()).startsWith("https://wednesday.tunnel.dev/webhooks/acme/another-token");

        assertThat(wednesday.rollback("acme").applied()).isTrue();
        assertThat(plant.reportsTo()).isNullOrEmpty();
    }

    private static Org withToken(Org org, String token) {
        return new Org(
                null,
                org.accountSid(),
                org.authToken(),
                org.workspaceSid(),
                org.workflowSid(),
                org.conversationsServiceSid(),
                org.aiQueueSid(),
                org.humanQueueSid(),
                org.apiKeys(),
                token,
                org.aiWorker(),
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "https://handoff.example.com, 'handoff.public-url is the name of an example, handoff.example.com'",
        "https://ai-phone.example/x, is the name of an example",
        "http://localhost:8080, 'handoff.public-url is localhost, where Twilio cannot reach this application'",
        "http://127.0.0.1:8080, cannot reach",
        "http://[::1]:8080, cannot reach",
        "http://192.168.1.7, cannot reach",
        "http://handoff:8080, cannot reach"
    })
    void anAddressThatNobodyReachesIsRefusedForARealAccount(String url, String words) {
        Org org = plant.org(plant.account.authToken(), plant.account.workspaceSid());

        assertThat(plant.connect(org, url, true).plan("acme").problems())
                .filteredOn(problem -> problem.contains(words))
                .hasSize(2);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> plant.connect(org, url, true).apply("acme", true))
                .withMessageContaining(words);
        assertThat(plant.connect(org, "https://quick-fox.ngrok-free.app", true)
                        .plan("acme")
                        .problems())
                .isEmpty();
    }

    @Test
    void whatSomebodyElseWantsOfTheServiceIsKept() {
        Webhook.updater(plant.account.conversationsServiceSid())
                .setPreWebhookUrl("https://crm.example.com/pre")
                .setFilters(List.of("onMessageAdd"))
                .update(plant.twilio.sdk());

        connect.apply("acme", false);

        assertThat(plant.webhooks().getPreWebhookUrl()).hasToString("https://crm.example.com/pre");
        assertThat(plant.webhooks().getFilters())
                .containsExactly("onMessageAdd", "onMessageAdded", "onConversationAdded", "onParticipantAdded");
    }

    @Test
    void aFailureHalfWayIsToldAndASecondApplyFinishes() throws Exception {
        plant.twilio
                .server()
                .sandbox()
                .faults()
                .add(Fault.answer(500).product("conversations").method("POST"));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> connect.apply("acme", false))
                .withMessageStartingWith("Stopped at Conversations webhook: POST https://conversations.twilio.com/")
                .withMessageContaining("Done before: AI worker, TaskRouter webhook.")
                .withMessageEndingWith(
                        "Not tried: Workflow: Handed off by the AI, Workflow: AI first, Workflow: default"
                                + " filter. To finish, apply again");
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);

        plant.twilio.server().sandbox().faults().clear();
        assertThat(connect.apply("acme", false).changes()).hasSize(4);
        assertThat(connect.plan("acme").changes()).isEmpty();
        connect.rollback("acme");
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
        assertThat(plant.aiWorker()).isEmpty();
    }

    @Test
    void withoutAPublicUrlThePlanSaysThatThereIsNoWebhook() {
        Connect unreachable = plant.connect(plant.org(plant.account.authToken(), plant.account.workspaceSid()), null);

        assertThat(unreachable.plan("acme").problems())
                .containsExactly(
                        "TaskRouter webhook: handoff.public-url is not set, so there is no URL to give to Twilio",
                        "Conversations webhook: handoff.public-url is not set, so there is no URL to give to Twilio");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> unreachable.apply("acme", false))
                .withMessageEndingWith("Nothing was changed");
    }

    @Test
    void wrongCredentialsAndAWorkspaceThatIsNotThereNameTheSetting() {
        String elsewhere = "WS00000000000000000000000000000000";

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> plant.connect(
                                plant.org("a-wrong-secret", plant.account.workspaceSid()), TwilioPlant.PUBLIC_URL)
                        .plan("acme"))
                .withMessageStartingWith("handoff.orgs.acme.account-sid, auth-token: Twilio does not accept them (401)")
                .withMessageNotContaining("a-wrong-secret");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> plant.connect(plant.org(plant.account.authToken(), elsewhere), TwilioPlant.PUBLIC_URL)
                        .plan("acme"))
                .withMessageStartingWith("handoff.orgs.acme.workspace-sid: there is no workspace " + elsewhere);
    }

    @Test
    void aLedgerThatCannotBeWrittenStopsApplyBeforeItChangesAnything() throws Exception {
        try (var connection = plant.ledger.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop table connect_change");
        }

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> connect.apply("acme", false))
                .withMessageContaining("The ledger, which keeps what stood there before, cannot be used")
                .withMessageContaining("Done before: nothing");
        assertThat(plant.aiWorker()).isEmpty();
        assertThat(plant.workflow()).isEqualTo(CUSTOMERS);
    }
}
