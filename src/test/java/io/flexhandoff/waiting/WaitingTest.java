package io.flexhandoff.waiting;

import static io.flexhandoff.support.Routing.filter;
import static io.flexhandoff.support.Routing.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.org.Org;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.PlainHandoff;
import io.flexhandoff.support.Routing;
import io.flexhandoff.support.Routing.Team;
import io.flexhandoff.support.TwilioPost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is anybody there, as the workflow would route the call, and what does a caller hear who waits? */
class WaitingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADDRESS = "https://handoff.example.com";
    private static final String TOKEN = "t0ken";

    private static final byte[] SECRET = "0123456789abcdef01234567".getBytes(StandardCharsets.UTF_8);

    /** What the AI phone platform was told, by call; the first time of each it answers 500. */
    private static final Map<String, List<Told>> HEARD = new ConcurrentHashMap<>();

    private static HttpServer platform;
    private static SandboxServer server;
    private static PlainHandoff handoff;
    private static Sandbox sandbox;
    private static Org org;
    private static TwilioRestClient twilio;
    private static Routing routing;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        platform = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        platform.createContext("/outcomes", WaitingTest::hear);
        platform.start();
        server = new SandboxServer(0);
        sandbox = server.sandbox();
        handoff = new PlainHandoff(server, settings(data));
        org = handoff.runtime().twilio().org("demo");
        twilio = handoff.runtime().twilio().forOrg("demo");
        routing = new Routing(org, twilio);
    }

    private static Map<String, String> settings(Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("handoff.data-dir", data.toString());
        settings.put("handoff.orgs.demo.webhook-token", TOKEN);
        settings.put("handoff.orgs.demo.waiting.music", "https://acme.example.com/hold.mp3");
        settings.put(
                "handoff.orgs.demo.outcome-url",
                "http://localhost:" + platform.getAddress().getPort() + "/outcomes?tenant=1");
        settings.put(
                "handoff.orgs.demo.outcome-secret",
                "whsec_" + Base64.getEncoder().encodeToString(SECRET));
        settings.put("handoff.public-url", ADDRESS);
        settings.put("handoff.late.delays", "100ms,200ms,1s");
        settings.put("handoff.reconcile.period", "500ms");
        settings.put("handoff.availability.fresh", "300ms");
        settings.put("handoff.availability.timeout", "1s");
        settings.put("handoff.twilio.read-timeout", "2s");
        settings.put("handoff.twilio.breaker-wait", "500ms");
        return settings;
    }

    @AfterAll
    static void stop() {
        platform.stop(0);
        handoff.close();
        server.close();
    }

    @AfterEach
    void heal() {
        sandbox.faults().clear();
    }

    @Test
    void aRepIsFreeThenAtWorkThenGone() {
        Team team = routing.team();
        Worker rep = team.worker("Available", "en");
        JsonNode free = ask(team.workflow());
        assertThat(free.get("answer").textValue()).isEqualTo("now");
        assertThat(free.get("sentence").textValue()).isEqualTo("Somebody is free to take your call now.");
        assertThat(free.at("/queue/sid").textValue()).isEqualTo(team.queue);
        assertThat(free.at("/queue/name").textValue()).isEqualTo(team.name);
        assertThat(free.get("workers").toString()).isEqualTo("{\"available\":1,\"signedIn\":1,\"eligible\":1}");

        String task = call(team.workflow());
        await().until(() -> ask(team.workflow()).get("waiting").intValue() == 1);
        sandbox.accept(task);
        JsonNode busy = answered(team.workflow(), "wait");
        assertThat(busy.get("sentence").textValue()).startsWith("Everybody is busy at the moment.");
        assertThat(busy.at("/workers/available").intValue()).isEqualTo(1);

        call(team.workflow());
        await().until(() -> ask(team.workflow()).get("waiting").intValue() == 1);
        routing.activity(rep, "Break");
        await().until(() -> ask(team.workflow()).at("/workers/available").intValue() == 0);
        assertThat(ask(team.workflow()).get("answer").textValue()).isEqualTo("wait");
        routing.activity(rep, "Offline");
        assertThat(answered(team.workflow(), "nobody").get("sentence").textValue())
                .isEqualTo("There is nobody here at the moment to take your call.");
    }

    /** The same evaluator proves the routing of the checkup. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "language=es                     | es",
                "language=Spanish                | es",
                "language=de&customData={\"tier\":2} | gold",
                "customData={\"tier\":1}         | rest",
                "sentiment=negative              | angry",
                "to=%2B1 555 0111                | line",
                "reason=Refund                   | refund"
            })
    void theWorkflowRoutesItAsItWouldRouteTheCall(String asked, String queue) {
        Map<String, Team> teams = TeamsByFilter.TEAMS;
        String query = asked.replace("{", "%7B")
                .replace("}", "%7D")
                .replace("\"", "%22")
                .replace(" ", "%20");

        assertThat(api().read("/availability?" + query + "&workflowSid=" + TeamsByFilter.WORKFLOW)
                        .at("/queue/name")
                        .textValue())
                .isEqualTo(teams.get(queue).name);
    }

    /** Made when first asked for, and used by all cases. */
    private static final class TeamsByFilter {

        static final Map<String, Team> TEAMS = Map.of(
                "es", routing.team(),
                "gold", routing.team(),
                "angry", routing.team(),
                "line", routing.team(),
                "refund", routing.team(),
                "rest", routing.team());

        static final String WORKFLOW = routing.workflow(
                TEAMS.get("rest").queue,
                filter("handoffLanguage == 'es' AND handedOff == true", target("es")),
                filter("tier > 1", target("gold")),
                filter("handoffSentiment == 'negative'", target("angry")),
                filter("to == '+15550111' AND direction == 'inbound'", target("line")),
                filter("handoffReason == 'Refund'", target("refund")));

        private static String target(String team) {
            return Routing.target(TEAMS.get(team).queue, "");
        }
    }

    /** Statistics do not know what a target asks of workers. */
    @Test
    void aTargetThatSomeWorkersOnlyMayTakeCountsThese() {
        Team team = routing.team();
        team.worker("Available", "en");
        team.worker("Offline", "es");
        String spanish = routing.workflow(
                team.queue,
                filter(
                        "handedOff == true",
                        target(team.queue, ",\"expression\":\"languages HAS task.handoffLanguage\"")));

        JsonNode nobody = api().read("/availability?language=es&workflowSid=" + spanish);
        assertThat(nobody.get("answer").textValue()).isEqualTo("nobody");
        assertThat(nobody.get("workers").toString()).isEqualTo("{\"available\":0,\"signedIn\":0,\"eligible\":1}");
        assertThat(nobody.get("sentence").textValue())
                .isEqualTo("En este momento no hay nadie que pueda atender su llamada.");
        assertThat(api().read("/availability?language=en&workflowSid=" + spanish)
                        .get("answer")
                        .textValue())
                .isEqualTo("now");
    }

    @Test
    void aQueueBehindATimeoutIsAWait() {
        Team first = routing.team();
        first.worker("Offline", "en");
        Team second = routing.team();
        second.worker("Available", "en");
        String overflow = routing.workflow(
                first.queue,
                filter("handedOff == true", target(first.queue, ",\"timeout\":30"), target(second.queue, "")));

        JsonNode wait = ask(overflow);
        assertThat(wait.get("answer").textValue()).isEqualTo("wait");
        assertThat(wait.at("/queue/name").textValue()).isEqualTo(second.name);
    }

    @Test
    void aCallThatRoutingGivesToNoRepIsForNobody() {
        JsonNode back = ask(routing.workflow(null, filter("direction == 'inbound'", target(org.aiQueueSid(), ""))));
        assertThat(back.get("answer").textValue()).isEqualTo("nobody");
        assertThat(back.get("cause").textValue()).contains("back to the AI", "some filter");
        assertThat(ask(routing.workflow(null, filter("tier == 9", target(org.humanQueueSid(), ""))))
                        .get("cause")
                        .textValue())
                .contains("cancels such a call, by the default filter");
        assertThat(ask("WW" + "0".repeat(32)).get("answer").textValue()).isEqualTo("unknown");
    }

    @Test
    void whoAsksAtTheSameMomentSharesOneRequest() {
        Team team = routing.team();
        team.worker("Available", "en");
        ask(team.workflow());
        await().until(() ->
                statisticsAsked(team) == 1 && !ask(team.workflow()).isEmpty() && statisticsAsked(team) == 2);

        List<String> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(each -> ask(team.workflow()).get("answer").textValue())
                .toList();

        assertThat(answers).containsOnly("now");
        assertThat(statisticsAsked(team)).isLessThan(10);
    }

    @Test
    void whatTwilioDoesNotSayInTimeIsUnknownAndTheNextAnswerIsRightAgain() {
        Team team = routing.team();
        team.worker("Available", "en");
        ask(team.workflow());
        sandbox.faults().add(Fault.silence().product("taskrouter"));
        JsonNode silent = answered(team.workflow(), "unknown");
        assertThat(silent.get("cause").textValue()).isEqualTo("TaskRouter does not answer in time");
        assertThat(silent.get("sentence").textValue())
                .isEqualTo("I cannot see at the moment whether somebody is free.");
        sandbox.faults().clear();
        answered(team.workflow(), "now");

        sandbox.faults().add(Fault.answer(503).product("taskrouter"));
        assertThat(answered(team.workflow(), "unknown").get("cause").textValue())
                .isEqualTo("TaskRouter does not answer");
    }

    @ParameterizedTest
    @CsvSource({
        "sentiment=sad, sentiment: ",
        "workflowSid=WW1, workflowSid: ",
        "customData=gold, customData: must be a JSON object",
        "customData=%5B1%5D, customData: ",
        "from=Bob, from: must be a number"
    })
    void aParameterThatMakesNoSenseIsNamed(String query, String detail) {
        HttpResponse<String> answer = api().get("/availability?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ApiClient.tree(answer.body()).get("detail").textValue()).contains(detail);
    }

    /** From the answer that sends the caller into the workflow to what the caller hears there. */
    @Test
    void aCallerWhoWaitsHearsWhereTheyStand() {
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        String enqueue = twilios("connect-action", callSid)
                .with("CallStatus", "in-progress")
                .with("SessionId", "VX" + "1".repeat(32))
                .with("SessionStatus", "ended")
                .with("HandoffData", "{\"reason\":\"Asks for a person\",\"language\":\"de\"}")
                .send()
                .body();
        Matcher waitUrl = Pattern.compile(
                        "<Enqueue workflowSid=\"WW\\w+\" waitUrl=\"" + ADDRESS + "/voice/demo/t0ken/(wait/de/first)\">")
                .matcher(enqueue);
        assertThat(waitUrl.find()).as(enqueue).isTrue();

        for (boolean byGet : new boolean[] {false, true}) {
            TwilioPost waiting = twilios(waitUrl.group(1), callSid)
                    .with("QueuePosition", "2")
                    .with("CurrentQueueSize", "2")
                    .with("AvgQueueTime", "55")
                    .with("QueueTime", "0")
                    .with("QueueSid", "QU" + "1".repeat(32));
            HttpResponse<String> heard = (byGet ? waiting.byGet() : waiting).send();
            assertThat(heard.statusCode()).as(heard.body()).isEqualTo(200);
            assertThat(heard.headers().firstValue("Content-Type")).hasValue("text/xml; charset=utf-8");
            assertThat(heard.body())
                    .contains(
                            "<Say language=\"de-DE\">Sie sind Nummer 2 in der Warteschlange. Die Wartezeit beträgt etwa zwei Minuten.</Say>",
                            "<Play>https://acme.example.com/hold.mp3</Play>",
                            "<Redirect>" + ADDRESS + "/voice/demo/t0ken/wait/de/0</Redirect>");
        }
        assertThat(twilios(waitUrl.group(1), callSid).signedWith("other").send().statusCode())
                .isEqualTo(403);
    }

    private record Told(String id, String signature, String right, String query, JsonNode body) {}

    private static void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String signed = id + "." + exchange.getRequestHeaders().getFirst("webhook-timestamp") + "." + body;
        JsonNode tree = ApiClient.tree(body);
        List<Told> told =
                HEARD.computeIfAbsent(tree.at("/data/callSid").textValue(), call -> new CopyOnWriteArrayList<>());
        told.add(new Told(
                id,
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                "v1," + hmac(signed),
                exchange.getRequestURI().getQuery(),
                tree));
        exchange.sendResponseHeaders(told.size() == 1 ? 500 : 204, -1);
        exchange.close();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Told until it is taken, with one id; the handoff shows the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accepted    | false | ",
                "unanswered  | true  | Es konnte niemand Ihren Anruf annehmen.",
                "caller-gone | false | ",
                "refused     | false | Ich konnte Sie nicht verbinden."
            })
    void thePlatformIsToldWhatHasBecomeOfAHandoff(String result, boolean tryAgain, String sentence) {
        String workflow = result.equals("refused") ? "WW" + "0".repeat(32) : org.workflowSid();
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        api().post(
                        "/calls/" + callSid + "/escalation",
                        Map.of(
                                "id",
                                "e1",
                                "occurredAt",
                                Instant.now().toString(),
                                "language",
                                "de",
                                "workflowSid",
                                workflow));
        if (!result.equals("refused")) {
            await().until(() -> handoff(callSid).has("taskSid"));
            String task = handoff(callSid).get("taskSid").textValue();
            switch (result) {
                case "accepted" -> sandbox.accept(task);
                case "unanswered" -> routing.timeOut(task);
                default -> sandbox.hangUp(callSid);
            }
        }

        JsonNode outcome = await().atMost(PATIENCE)
                .until(
                        () -> handoff(callSid).path("outcome"),
                        shown -> result.equals(shown.path("result").textValue()));
        assertThat(outcome.get("tryAgain").booleanValue()).isEqualTo(tryAgain);
        assertThat(outcome.path("sentence").textValue()).isEqualTo(sentence);
        await().atMost(PATIENCE)
                .until(() -> HEARD.getOrDefault(callSid, List.of()).size() == 2);
        List<Told> told = HEARD.get(callSid);
        assertThat(told).allSatisfy(each -> {
            assertThat(each.signature()).isEqualTo(each.right());
            assertThat(each.query()).isEqualTo("tenant=1");
            assertThat(each.body().at("/data/outcome")).isEqualTo(outcome);
            assertThat(each.body().at("/data/escalationId").textValue()).isEqualTo("e1");
        });
        assertThat(told.get(0).id()).isEqualTo(told.get(1).id());
        assertThat(told.get(0).body()).isEqualTo(told.get(1).body());
        sandbox.hangUp(callSid);
        if (result.equals("accepted")) {
            sandbox.complete(handoff(callSid).get("taskSid").textValue());
        }
    }

    private static JsonNode handoff(String callSid) {
        return api().read("/handoffs/" + callSid);
    }

    private static TwilioPost twilios(String callback, String callSid) {
        return TwilioPost.to(handoff.runtime().port(), "/voice/demo/" + TOKEN + "/" + callback, org.authToken())
                .signedFor(ADDRESS)
                .with("AccountSid", org.accountSid())
                .with("CallSid", callSid);
    }

    private static long statisticsAsked(Team team) {
        return sandbox.requests().stream()
                .filter(request -> request.path().contains(team.queue + "/RealTimeStatistics"))
                .count();
    }

    private static ApiClient api() {
        return handoff.api();
    }

    private static JsonNode ask(String workflow) {
        return api().read("/availability?workflowSid=" + workflow);
    }

    private static JsonNode answered(String workflow, String answer) {
        return await().until(
                        () -> ask(workflow),
                        view -> answer.equals(view.path("answer").textValue()));
    }

    /** A caller who waits in the queue. @return the task */
    private static String call(String workflow) {
        String callSid = sandbox.placeCall("+15550100", "+15550199");
        com.twilio.rest.api.v2010.account.Call.updater(org.accountSid(), callSid)
                .setTwiml(new com.twilio.type.Twiml("<Response><Enqueue workflowSid=\"" + workflow
                        + "\"><Task>{\"handedOff\":true}</Task></Enqueue></Response>"))
                .update(twilio);
        return sandbox.tasksOf(callSid).get(0);
    }
}
