package io.flexhandoff.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.Org;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workflows that treat handed-off calls differently: what goes wrong is told of the kinds that it befalls, and the advice heals it. */
class CallKindsTest {

    private static final Org ACME = CheckedOrg.ACME;
    private static final String HUMANS = ACME.humanQueueSid();
    private static final String AI = ACME.aiQueueSid();
    private static final String AI_FIRST = filter("AI first", "direction == 'inbound'", AI);
    private static final String ALL = filter("Handed off", "handedOff == true", HUMANS);

    private static CheckedOrg org;

    @BeforeAll
    static void connect() throws IOException {
        org = new CheckedOrg();
    }

    @AfterAll
    static void close() throws IOException {
        org.close();
    }

    @AfterEach
    void heal() {
        TaskQueue.updater(ACME.workspaceSid(), HUMANS)
                .setTargetWorkers("roles HAS 'rep'")
                .update(org.admin());
    }

    static Stream<Arguments> backToTheAi() {
        return Stream.of(
                // language
                of("handoffLanguage es-ES or de", only("handoffLanguage IN ['en', 'en-US', 'es']"), AI_FIRST),
                of("handoffLanguage en-US, es-ES, en or de", only("handoffLanguage == 'es'"), AI_FIRST),
                of("handoffLanguage de go back", only("handoffLanguage CONTAINS 'en'"), AI_FIRST),
                of("handoffLanguage en-US, pt, pt-PT, en or de", only("handoffLanguage == \\\"pt-BR\\\""), AI_FIRST),
                // mood
                of("handoffSentiment neutral or positive", only("handoffSentiment == 'negative'"), AI_FIRST),
                // called number
                of("to anything else", only("to == '+15550123'"), AI_FIRST),
                of("called anything else", only("called IN ['+15550123', '+15550124']"), AI_FIRST),
                of("to anything else", only("to CONTAINS '+1555'"), AI_FIRST),
                of("from_country FR or not set", only("from_country != 'FR'"), AI_FIRST),
                // custom data
                of("tier not set or anything else", only("tier == 'gold'"), AI_FIRST),
                of("skills not set or anything else", only("skills HAS 'billing'"), AI_FIRST),
                of("score not set, 4 or anything else", only("score >= 5"), AI_FIRST),
                of("crm.levels[1] not set or anything else", only("crm.levels[1] == 2"), AI_FIRST),
                of("vip true", only("NOT vip"), AI_FIRST),
                // several
                of(
                        "tier not set or anything else and handoffSentiment neutral or positive",
                        only("tier == 'gold'"),
                        only("handoffSentiment == 'negative'"),
                        AI_FIRST));
    }

    private static Arguments of(String kind, String... filters) {
        return Arguments.of(kind, List.of(filters));
    }

    private static String only(String condition) {
        return filter("Some " + Math.abs(condition.hashCode()), "handedOff == true AND " + condition, HUMANS);
    }

    @ParameterizedTest
    @MethodSource("backToTheAi")
    void aKindThatNoFilterForHandedOffCallsTakes(String kind, List<String> filters) throws Exception {
        workflow(HUMANS, filters);

        Finding finding = finding("handed-off-filter");

        assertThat(finding.status()).isEqualTo(Status.FAILED);
        assertThat(finding.found())
                .contains("Handed-off calls with ", kind, "go back to the AI, by the filter 'AI first'")
                .doesNotContain("ever");
        assertThat(finding("call-kinds").found()).contains(kind.replaceFirst(" go back", "") + " -> back to the AI");
        healedByHand("handed-off-filter");

        workflow(HUMANS, filters);
        healedByConnect("handed-off-filter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handedOff != true AND direction == 'inbound'",
                "NOT handedOff == true",
                "handedOff == false",
                "NOT (handedOff) AND tier != 'gold'",
                "handedOff == 'false'",
                "handedOff == null"
            })
    void aFilterForCallsThatAreNotHandedOff(String expression) throws Exception {
        List<String> filters = List.of(filter("New calls", expression, AI));
        workflow(AI, filters);

        Finding finding = finding("handed-off-filter");

        assertThat(finding.status()).isEqualTo(Status.FAILED);
        assertThat(finding.found())
                .contains(
                        "No filter of the workflow asks for handed-off calls",
                        "the filter 'New calls' (" + expression + ") is for those that are not",
                        "Handed-off calls go back to the AI, by the default filter");
        assertThat(finding.fix()).startsWith("Add the filter handedOff == true").contains("as the last one");
        healedByHand("handed-off-filter");
        assertThat(expressions()).contains(expression);

        workflow(AI, filters);
        healedByConnect("handed-off-filter");
        assertThat(expressions()).contains(expression);

        workflow(HUMANS, filters);
        assertThat(finding("handed-off-filter").status()).isEqualTo(Status.WARNING);
        assertThat(finding("handed-off-filter").fix()).startsWith("Add the filter handedOff == true");
        assertThat(finding("filter-order").found()).isEqualTo("No filter of the AI takes handed-off calls");
        healedByHand("handed-off-filter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handedOff == 'true'",
                "handedOff == 1",
                "handedOff == 'yes' AND handoffLanguage CONTAINS 'en'",
                "handedOff = true"
            })
    void aFilterThatProvablyNeverMatches(String expression) throws Exception {
        List<String> filters = List.of(filter("Handed off", expression, HUMANS), AI_FIRST);
        workflow(HUMANS, filters);

        Finding finding = finding("handed-off-filter");

        assertThat(finding.status()).isEqualTo(Status.FAILED);
        assertThat(finding.found()).startsWith("A handed-off call never matches the filter 'Handed off'");
        workflow(HUMANS, filters);
        healedByConnect("handed-off-filter");

        workflow(HUMANS, filters);
        healedByHand("handed-off-filter");
    }

    @Test
    void aFilterThatNoneOfTheKindsMatches() throws Exception {
        workflow(HUMANS, List.of(only("handoffLanguage == 'Spanish'")));

        Finding finding = finding("handed-off-filter");

        assertThat(finding.status()).isEqualTo(Status.WARNING);
        assertThat(finding.found()).startsWith("No kind of handed-off call that was tried matches");
        healedByHand("handed-off-filter");

        workflow(HUMANS, List.of(only("handoffLanguage == 'Spanish'"), AI_FIRST));
        assertThat(finding("handed-off-filter").found()).startsWith("Handed-off calls go back to the AI");
        assertThat(finding("handed-off-filter").cause()).contains("since handoffLanguage is 'en-US'");
        healedByHand("handed-off-filter");
    }

    static Stream<Arguments> tooLate() {
        return Stream.of(
                of("Handed-off calls with flex_language es go back", filter("Robot", "flex_language == 'es'", AI), ALL),
                of("Handed-off calls with to +15550123 go back", filter("Robot", "to == '+15550123'", AI), ALL),
                of("Handed-off calls with tier anything else go back", filter("Robot", "tier != 'gold'", AI), ALL),
                of("Handed-off calls go back", filter("Robot", "handedOff != 'true'", AI), ALL),
                of(
                        "Handed-off calls go back",
                        filter("Robot", "1 == 1", AI),
                        only("handoffLanguage CONTAINS 'es'"),
                        only("NOT (handoffLanguage CONTAINS 'es')")));
    }

    @ParameterizedTest
    @MethodSource("tooLate")
    void aKindThatTheFilterOfTheAiTakesFirst(String symptom, List<String> filters) throws Exception {
        workflow(HUMANS, filters);

        Finding finding = finding("filter-order");

        assertThat(finding.status()).isEqualTo(Status.FAILED);
        assertThat(finding.found()).startsWith(symptom).contains("by the filter 'Robot'");
        healedByHand("filter-order");
    }

    @Test
    void connectDoesWhatTheCheckOfTheOrderSaysThatItDoes() throws Exception {
        workflow(HUMANS, List.of(AI_FIRST, filter("Handed off by the AI", "handedOff == true", HUMANS)));
        healedByConnect("filter-order");

        workflow(HUMANS, List.of(AI_FIRST, ALL));
        assertThat(finding("filter-order").fix()).doesNotContain("connect");
    }

    @Test
    void anotherTeamsFilterBeforeIt() throws Exception {
        workflow(HUMANS, List.of(filter("Americans", "from_country == 'US'", HUMANS), ALL, AI_FIRST));

        Finding finding = finding("filter-order");

        assertThat(finding.status()).isEqualTo(Status.WARNING);
        assertThat(finding.found()).startsWith("Handed-off calls with from_country US are taken by");
        healedByHand("filter-order");
    }

    static Stream<Arguments> wrongQueues() {
        String nobody = "WQ" + "0".repeat(32);
        return Stream.of(
                of(
                        "Handed-off calls with handoffLanguage es or es-ES go to 'AI Agents', the queue of the AI",
                        filter("Spanish", "handedOff == true AND handoffLanguage CONTAINS 'es'", AI),
                        ALL),
                of("Handed-off calls go to 'AI Agents'", filter("Off", "handedOff == true", AI)),
                of(
                        "Handed-off calls with tier gold are canceled: their queue " + nobody + " does not exist",
                        filter("Gold", "handedOff == true AND tier == 'gold'", nobody),
                        ALL),
                of(
                        "Handed-off calls with to +15550123 are canceled",
                        filter("Line", "to == '+15550123'", nobody),
                        ALL));
    }

    @ParameterizedTest
    @MethodSource("wrongQueues")
    void aKindThatGoesToTheWrongQueue(String symptom, List<String> filters) throws Exception {
        workflow(HUMANS, filters);

        Finding finding = finding("handed-off-queue");

        assertThat(finding.status()).isEqualTo(Status.FAILED);
        assertThat(finding.found()).startsWith(symptom);
        healedByHand("handed-off-queue");
    }

    @Test
    void aKindThatWaitsForNobody() throws Exception {
        TaskQueue.updater(ACME.workspaceSid(), HUMANS)
                .setTargetWorkers("roles HAS 'nobody'")
                .update(org.admin());
        workflow(HUMANS, List.of(only("tier == 'gold'"), ALL));
        assertThat(finding("handed-off-queue").found()).startsWith("Handed-off callers wait in 'Human Support'");
        healedByHand("handed-off-queue");

        Worker rep = Worker.reader(ACME.workspaceSid())
                .setTaskQueueSid(HUMANS)
                .read(org.admin())
                .iterator()
                .next();
        String attributes = rep.getAttributes();
        Worker.updater(ACME.workspaceSid(), rep.getSid())
                .setAttributes("{\"roles\":[\"rep\"],\"languages\":[\"en\",\"en-US\"],\"lines\":[\"+15550199\"]}")
                .update(org.admin());
        workflow(HUMANS, List.of(ALL.replace("}]", ",\"expression\":\"worker.languages HAS task.handoffLanguage\"}]")));
        assertThat(finding("handed-off-queue").status()).isEqualTo(Status.OK);
        workflow(
                HUMANS,
                List.of(
                        ALL.replace(
                                "}]",
                                ",\"expression\":\"task.handoffLanguage IN ['es', 'en'] OR worker.languages HAS task.handoffLanguage\"}]")));
        Finding waiting = finding("handed-off-queue");
        assertThat(waiting.status()).isEqualTo(Status.WARNING);
        assertThat(waiting.found()).startsWith("Handed-off callers with handoffLanguage es-ES wait");
        healedByHand("handed-off-queue");

        workflow(
                HUMANS, List.of(ALL.replace("}]", ",\"expression\":\"languages HAS 'en' AND task.tier != 'gold'\"}]")));
        waiting = finding("handed-off-queue");
        assertThat(waiting.status()).isEqualTo(Status.WARNING);
        assertThat(waiting.found())
                .isEqualTo(
                        "Handed-off callers with tier not set or gold wait in 'Human Support' for nobody: no worker is"
                                + " in it for them");
        healedByHand("handed-off-queue");
        Worker.updater(ACME.workspaceSid(), rep.getSid())
                .setAttributes(attributes)
                .update(org.admin());
    }

    @Test
    void noDefaultFilter() throws Exception {
        List<String> filters = List.of(only("tier == 'gold'"), filter("AI first", "direction == 'x'", AI));
        workflow(null, filters);
        healedByHand("default-filter");

        workflow(null, filters);
        healedByConnect("default-filter");

        workflow(null, List.of(filter("New calls", "handedOff != true", AI)));
        assertThat(finding("handed-off-queue").status()).isEqualTo(Status.SKIPPED);
        assertThat(finding("call-kinds").found()).contains("every kind -> nowhere, canceled");
    }

    @Test
    void theTableHasARowForEachQueue() throws Exception {
        workflow(
                HUMANS,
                List.of(
                        filter("Spanish", "handedOff == true AND handoffLanguage CONTAINS 'es'", HUMANS),
                        filter("Gold", "handedOff == true AND (tier == 'gold' OR tier == 'silver')", "WQ9"),
                        filter("Main line", "handedOff == true AND to IN ['+15550123', '+15550124']", HUMANS),
                        AI_FIRST));

        assertThat(finding("call-kinds").found()).isEqualTo("""
                        The filters tell 14 kinds of handed-off calls apart
                        handoffLanguage en-US, en or de and tier not set or anything else and to anything else -> back to the AI
                        handoffLanguage es or es-ES; or handoffLanguage en-US, en or de and tier not set or anything else and to +15550123 or +15550124 -> Human Support
                        handoffLanguage en-US, en or de and tier gold or silver -> a queue that does not exist, canceled""");
    }

    @Test
    void whatNoFilterOfHandedOffCallsAsksForIsNotVaried() throws Exception {
        workflow(
                AI,
                List.of(
                        filter("New and gold", "handedOff != true AND tier == 'gold'", AI),
                        filter("Off", "handedOff == true AND call_sid CONTAINS 'CA'", HUMANS),
                        filter("Silver", "tier == 'silver' AND from_country == 'FR'", AI)));

        assertThat(org.checkup().healthy()).isTrue();
        assertThat(finding("call-kinds").found())
                .isEqualTo("The filters tell no kinds of handed-off calls apart\nevery kind -> Human Support");
    }

    @Test
    void moreKindsThanCanBeTried() throws Exception {
        String several = IntStream.range(0, 12)
                .mapToObj(number -> "(a%d == 'x' OR b%d == 'y')".formatted(number, number))
                .collect(Collectors.joining(" AND "));
        List<String> filters = new ArrayList<>();
        for (String mood : List.of("negative", "neutral", "positive")) {
            filters.add(only("handoffSentiment == '" + mood + "' AND NOT (" + several + ")"));
        }
        filters.add(AI_FIRST);
        workflow(HUMANS, filters);

        assertThat(finding("call-kinds").found())
                .startsWith("The filters tell more than 200 kinds of handed-off calls apart; the 200 nearest to an"
                        + " ordinary call\n");
    }

    private static Finding finding(String check) throws IOException {
        return org.checkup().checks().stream()
                .filter(finding -> finding.name().equals(check))
                .findFirst()
                .orElseThrow();
    }

    /** One piece of advice after the other, until nothing is wrong with the workflow; this check's heals it at once. */
    private static void healedByHand(String check) throws Exception {
        Administrator administrator = new Administrator(ACME, org.admin());
        for (int round = 0; round < 3; round++) {
            for (Finding finding : org.checkup().checks()) {
                boolean advises = finding.fix() != null
                        && !finding.fix().startsWith("See the checks")
                        && !finding.fix().startsWith("Correct it");
                if (advises && finding(finding.name()).fix() != null) {
                    administrator.follow(finding);
                    assertThat(finding(finding.name()).status())
                            .as(finding + " -> " + finding(finding.name()))
                            .isEqualTo(Status.OK);
                }
            }
        }
        assertThat(finding(check).status()).as(finding(check).toString()).isEqualTo(Status.OK);
        assertThat(finding("call-kinds").status())
                .as(finding("call-kinds").toString())
                .isEqualTo(Status.OK);
    }

    private static void healedByConnect(String check) throws Exception {
        assertThat(finding(check).fix()).endsWith("; or let it be done: connect acme --apply");
        try (LedgerDatabase ledger = LedgerDatabase.open(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1",
                null,
                null,
                2,
                Duration.ofSeconds(10))) {
            Connect connect = org.connect(ledger::dataSource, Clock.systemUTC());
            assertThat(connect.apply("acme", false).applied()).isTrue();
            assertThat(connect.plan("acme").changes()).isEmpty();
        }
        assertThat(finding(check).status()).as(finding(check).toString()).isEqualTo(Status.OK);
        assertThat(finding("call-kinds").status())
                .as(finding("call-kinds").toString())
                .isEqualTo(Status.OK);
    }

    private static String expressions() {
        return Workflow.fetcher(ACME.workspaceSid(), ACME.workflowSid())
                .fetch(org.admin())
                .getConfiguration();
    }

    private static String filter(String name, String expression, String queue) {
        return "{\"filter_friendly_name\":\"%s\",\"expression\":\"%s\",\"targets\":[{\"queue\":\"%s\"}]}"
                .formatted(name, expression, queue);
    }

    private static void workflow(String defaultQueue, List<String> filters) {
        Workflow.updater(ACME.workspaceSid(), ACME.workflowSid())
                .setConfiguration("{\"task_routing\":{\"filters\":[%s]%s}}"
                        .formatted(
                                String.join(",", filters),
                                defaultQueue == null ? "" : ",\"default_filter\":{\"queue\":\"" + defaultQueue + "\"}"))
                .update(org.admin());
    }
}
