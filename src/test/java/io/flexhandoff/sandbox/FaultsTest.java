package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.type.Twiml;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.StandingFault;
import io.flexhandoff.sandbox.twilio.SandboxRequest;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults as they are added over the page's API, and as the product's own Twilio client meets them. */
class FaultsTest extends SandboxTest {

    private static final Duration HASTE = Duration.ofMillis(300);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String service = account.conversationsServiceSid();
    private TwilioClients clients;
    private TwilioRestClient product;

    @BeforeEach
    void connectProduct() {
        connectProduct(Duration.ofSeconds(20));
    }

    private void connectProduct(Duration readTimeout) {
        Org acme = SandboxOrg.of(account, "key");
        clients = new TwilioClients(
                new Orgs(Map.of("acme", acme)),
                new TwilioSettings(URI.create(server.twilioUrl()), Duration.ofSeconds(5), readTimeout, 10, null));
        product = clients.forOrg("acme");
    }

    @AfterEach
    void disconnectProduct() throws IOException {
        clients.close();
    }

    @Test
    void aRequestIsAnsweredWithTwiliosErrorSoOftenAndNotCarriedOut() throws Exception {
        JsonObject fault = add("{\"product\":\"conversations\",\"status\":429,\"times\":2}");
        assertThat(fault.getString("name")).isEqualTo("Answer 429 on conversations");

        for (int i = 0; i < 2; i++) {
            TwilioFailure refused = refused(() -> open("acme"));
            assertThat(refused.getStatusCode()).isEqualTo(429);
            assertThat(refused.getCode()).isEqualTo(20429);
            assertThat(refused.kind()).isEqualTo(FailureKind.NOT_DONE);
        }
        assertThat(threads()).isEmpty();
        open("acme");
        assertThat(threads()).containsExactly("acme");
        assertThat(only().getInteger("hits")).isEqualTo(2);
        assertThat(only().getBoolean("spent")).isTrue();
    }

    @Test
    void retryAfterAndTwiliosCodeArePartOfTheAnswer() throws Exception {
        add("{\"status\":503,\"retryAfter\":7,\"code\":20500}");

        HttpResponse<String> answer = post("UniqueName=a");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(new JsonObject(answer.body()).getInteger("code")).isEqualTo(20500);
        assertThat(refused(() -> open("a")).kind()).isEqualTo(FailureKind.NOT_DONE);
        sandbox.faults().clear();
        add("{\"status\":503}");
        assertThat(post("UniqueName=a").headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused(() -> open("a")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
    }

    @Test
    void aProxyAnswersHtml() throws Exception {
        add("{\"status\":502,\"body\":\"<html>Bad Gateway</html>\"}");

        HttpResponse<String> answer = post("UniqueName=a");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).isEqualTo("<html>Bad Gateway</html>");
        assertThat(refused(() -> open("a")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
    }

    @Test
    void aConnectionEndsBeforeOrAfterTheRequestIsCarriedOut() throws Exception {
        add("{\"effect\":\"drop-before\",\"times\":1}");
        add("{\"effect\":\"drop-after\",\"times\":1}");

        assertThat(refused(() -> open("before")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
        assertThat(refused(() -> open("after")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
        assertThat(threads()).containsExactly("after");
        assertThat(sandbox.requests()).extracting(SandboxRequest::status).containsSubsequence(0, 0, 200);
    }

    @Test
    void silenceIsOverWhenTheClientGivesUp() throws Exception {
        disconnectProduct();
        connectProduct(HASTE);
        add("{\"effect\":\"silence\",\"times\":1}");

        assertThat(refused(() -> open("a")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
        assertThat(threads()).isEmpty();
        await().until(() -> post("UniqueName=b")
                .headers()
                .firstValue("Twilio-Concurrent-Requests")
                .equals(Optional.of("1")));
    }

    @Test
    void aSlowAnswerComesLateButTheRequestIsCarriedOut() throws Exception {
        add("{\"effect\":\"slow\",\"delay\":600,\"times\":2}");

        assertThat(post("UniqueName=patient").statusCode()).isEqualTo(201);
        disconnectProduct();
        connectProduct(HASTE);
        assertThat(refused(() -> open("hasty")).kind()).isEqualTo(FailureKind.PERHAPS_DONE);
        await().untilAsserted(() -> assertThat(threads()).containsExactlyInAnyOrder("patient", "hasty"));
    }

    @Test
    void aFaultStrikesOnlyWhatItIsMeantFor() throws Exception {
        Conversation thread = open("acme");
        sandbox.faults()
                .add(Fault.answer(500)
                        .method("POST")
                        .path("**/Conversations/*/Messages")
                        .parameter("Attributes", "*\"kind\":\"note\"*")
                        .account(account.accountSid()));
        sandbox.faults().add(Fault.answer(500).account("AC" + "0".repeat(32)));

        say(thread, "{\"kind\":\"turn\"}");
        assertThat(refused(() -> say(thread, "{\"kind\":\"note\"}")).getStatusCode())
                .isEqualTo(500);
        assertThat(Message.reader(service, thread.getSid()).read(product)).hasSize(1);
    }

    @Test
    void aFaultOfACallStrikesItsThreadAndTaskToo() {
        String callSid = placeCall();
        Conversation thread = open("call-" + callSid);
        redirect(callSid, enqueue("{}"));
        String taskSid = sandbox.tasksOf(callSid).get(0);
        String other = placeCall();
        StandingFault fault = sandbox.faults().add(Fault.answer(500).call(callSid));

        refused(() -> say(thread, "{}"));
        refused(() -> open("call-" + callSid));
        refused(() -> Task.fetcher(account.workspaceSid(), taskSid).fetch(product));
        refused(() -> hangUp(callSid));
        hangUp(other);
        assertThat(fault.hits()).isEqualTo(4);
    }

    @Test
    void aFaultBeginsAfterSomeThatItLetsThrough() {
        sandbox.faults().add(Fault.answer(500).after(1).times(1));

        open("first");
        assertThat(refused(() -> open("second")).getStatusCode()).isEqualTo(500);
        open("third");
    }

    @Test
    void aShareIsStruckByChance() throws Exception {
        add("{\"status\":500,\"share\":0.5}");

        long struck = IntStream.range(0, 200)
                .filter(i -> status("UniqueName=t" + i) == 500)
                .count();
        assertThat(struck).isBetween(50L, 150L).isEqualTo((long) only().getInteger("hits"));
    }

    @Test
    void theFirstFaultThatMatchesStrikesUntilItIsRemoved() throws Exception {
        String first = add("{\"name\":\"Conversations down\",\"status\":503}").getString("id");
        String second = add("{\"status\":429}").getString("id");
        assertThat(status("UniqueName=a")).isEqualTo(503);

        assertThat(delete("/" + first).statusCode()).isEqualTo(204);
        assertThat(status("UniqueName=a")).isEqualTo(429);
        assertThat(list())
                .extracting(fault -> ((JsonObject) fault).getString("id"))
                .containsExactly(second);
        assertThat(delete("/" + first).statusCode()).isEqualTo(404);
        assertThat(delete("").statusCode()).isEqualTo(204);
        assertThat(status("UniqueName=a")).isEqualTo(201);
        assertThat(list()).isEmpty();
    }

    @Test
    void aFaultIsListedAsItWasAdded() throws Exception {
        String json = "{\"name\":\"All of it\",\"effect\":\"answer\",\"status\":500,\"code\":20500,\"retryAfter\":1,"
                + "\"delay\":5,\"product\":\"api\",\"method\":\"POST\",\"path\":\"**/Calls/*\",\"account\":\""
                + account.accountSid() + "\",\"call\":\"CA" + "1".repeat(32)
                + "\",\"parameters\":{\"Status\":\"completed\"},\"after\":1,\"times\":2,\"share\":0.5}";
        JsonObject added = add(json);
        assertThat(only()).isEqualTo(added);
        for (String field : List.of("id", "hits", "spent")) {
            assertThat(added.remove(field)).isNotNull();
        }
        assertThat(added).isEqualTo(new JsonObject(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                           | JSON object",
                "{}                                           | effect: one of answer, slow, drop-before",
                "{\"effect\":\"explode\"}                     | effect: one of",
                "{\"effect\":7}                               | effect: must be text",
                "{\"effect\":\"answer\"}                      | status: must be a whole number",
                "{\"status\":\"503\"}                         | status: must be a whole number",
                "{\"status\":302}                             | status: from 400 to 599",
                "{\"status\":200}                             | status: 200 needs a body",
                "{\"effect\":\"silence\",\"status\":500}      | status: does not go with the effect silence",
                "{\"effect\":\"slow\"}                        | delay: must be a whole number",
                "{\"effect\":\"slow\",\"delay\":0}            | delay: milliseconds",
                "{\"effect\":\"drop-after\",\"delay\":10}     | delay: does not go with the effect drop-after",
                "{\"status\":500,\"code\":1}                  | code: five digits",
                "{\"status\":500,\"code\":20500,\"body\":\"\"} | code: is part of Twilio's body",
                "{\"status\":500,\"retryAfter\":-1}           | retryAfter: seconds",
                "{\"status\":500,\"product\":\"video\"}       | product: one of api, conversations, taskrouter",
                "{\"status\":500,\"method\":\"PUT\"}          | method: one of GET, POST, DELETE",
                "{\"status\":500,\"path\":\"Messages\"}       | path: begins with",
                "{\"status\":500,\"call\":\"all\"}            | call: the SID of a call",
                "{\"status\":500,\"account\":\"acme\"}        | account: the SID of an account",
                "{\"status\":500,\"parameters\":[]}           | parameters: must be an object",
                "{\"status\":500,\"parameters\":{\"To\":1}}   | parameters.To: must be text",
                "{\"status\":500,\"times\":0}                 | times: at least 1",
                "{\"status\":500,\"times\":99999999999}       | times: must be a whole number",
                "{\"status\":500,\"after\":-1}                | after: at least 0",
                "{\"status\":500,\"share\":0}                 | share: more than 0, at most 1",
                "{\"status\":500,\"share\":1.1}               | share: more than 0, at most 1",
                "{\"status\":500,\"name\":\"\"}               | name: from 1 to 100 characters",
                "{\"effect\":\"duplicate\",\"path\":\"/x\"}   | path: does not go with the effect duplicate",
                "{\"effect\":\"reorder\",\"product\":\"api\"} | product: api sends no webhooks",
                "{\"satus\":500}                              | satus: there is no such field; there are account",
            })
    void aBadFaultIsRefusedByTheFieldThatIsWrong(String json, String detail) throws Exception {
        HttpResponse<String> answer = send("POST", "", json);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
        assertThat(list()).isEmpty();
        assertThatThrownBy(() -> sandbox.faults().add(Fault.answer(200)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("status:");
    }

    private Conversation open(String uniqueName) {
        return Conversation.creator(service).setUniqueName(uniqueName).create(product);
    }

    private void say(Conversation thread, String attributes) {
        Message.creator(service, thread.getSid())
                .setBody("Hello")
                .setAttributes(attributes)
                .create(product);
    }

    private void hangUp(String callSid) {
        Call.updater(account.accountSid(), callSid)
                .setTwiml(new Twiml("<Response><Hangup/></Response>"))
                .update(product);
    }

    /** The unique names of the threads, as the official SDK reads them. */
    private List<String> threads() {
        List<String> names = new ArrayList<>();
        Conversation.reader(service).read(twilio).forEach(thread -> names.add(thread.getUniqueName()));
        return names;
    }

    private static TwilioFailure refused(ThrowingCallable request) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, request);
        assertThat(failure).as("failed").isNotNull();
        return failure;
    }

    private JsonObject add(String fault) throws Exception {
        HttpResponse<String> answer = send("POST", "", fault);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private JsonObject only() throws Exception {
        assertThat(list()).hasSize(1);
        return list().getJsonObject(0);
    }

    private JsonArray list() throws Exception {
        return new JsonArray(send("GET", "", "").body());
    }

    private HttpResponse<String> delete(String id) throws Exception {
        return send("DELETE", id, "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/sandbox/api/faults" + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private int status(String form) {
        try {
            return post(form).statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Creates a conversation as any HTTP client would. */
    private HttpResponse<String> post(String form) throws Exception {
        String credentials = account.accountSid() + ":" + account.authToken();
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                server.twilioUrl() + "/conversations/v1/Services/" + service + "/Conversations"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes()))
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }
}
