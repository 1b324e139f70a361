package io.flexhandoff.twilio;

import static io.flexhandoff.twilio.StubTwilio.ACCOUNT;
import static io.flexhandoff.twilio.StubTwilio.ACME;
import static io.flexhandoff.twilio.StubTwilio.TOKEN;
import static io.flexhandoff.twilio.StubTwilio.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.call.Recording;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.org.TwilioAccess;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.support.OrgWith;
import io.flexhandoff.twilio.StubTwilio.Asked;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwilioClientsTest {

    private static final String CALL = "CA" + "6".repeat(32);
    private static final String THREAD = "CH" + "5".repeat(32);
    private static final String OTHER_ACCOUNT = "AC" + "9".repeat(32);

    private final StubTwilio twilio = new StubTwilio();
    private final TwilioClients clients =
            twilio.clients(ACME, StubTwilio.org("globex", OTHER_ACCOUNT, "globex-secret-token"));

    @AfterEach
    void stop() throws Exception {
        clients.close();
        twilio.close();
    }

    @Test
    void aRequestGoesToTheBaseUrlWithTheOrgsCredentials() {
        Message.creator(ACME.conversationsServiceSid(), THREAD)
                .setBody("¿Sí? a+b&c")
                .create(clients.forOrg("acme"));

        Asked asked = twilio.asked().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path())
                .isEqualTo("/twilio/conversations/v1/Services/" + ACME.conversationsServiceSid() + "/Conversations/"
                        + THREAD + "/Messages");
        assertThat(asked.authorization()).isEqualTo(basic(ACCOUNT, TOKEN));
        assertThat(asked.body()).isEqualTo("Body=%C2%BFS%C3%AD%3F+a%2Bb%26c");
    }

    @Test
    void queriesAndLinksToFurtherPagesArriveToo() {
        twilio.answering(status(200, """
                {"messages": [{"sid": "IM1"}], "meta": {"page_size": 1, "url": "x", "first_page_url": "x",
                 "previous_page_url": null, "key": "messages",
                 "next_page_url": "https://conversations.twilio.com/v1/more?PageToken=a%2Fb"}}"""));
        Message.reader(ACME.conversationsServiceSid(), THREAD)
                .setOrder(Message.OrderType.DESC)
                .limit(2)
                .read(clients.forOrg("acme"))
                .forEach(message -> {});

        assertThat(twilio.asked()).extracting(Asked::path).first().asString().contains("?", "Order=desc");
        assertThat(twilio.asked())
                .extracting(Asked::path)
                .last()
                .isEqualTo("/twilio/conversations/v1/more?PageToken=a%2Fb");
    }

    @Test
    void anApiKeyIsTakenInPlaceOfTheAuthToken() throws Exception {
        String key = "SK" + "a".repeat(32);
        try (TwilioClients keyed = twilio.clients(OrgWith.apiKey(ACME, key, "key-secret"))) {
            Call.updater(ACCOUNT, CALL).setTwiml("<Response/>").update(keyed.forOrg("acme"));
            Call.updater(ACCOUNT, CALL).setTwiml("<Response/>").update(keyed.forAnyAccount());
            keyed.send("acme", TwilioRequest.get("conversations", "/v1/Services"));
        }
        assertThat(twilio.asked()).hasSize(3).extracting(Asked::authorization).containsOnly(basic(key, "key-secret"));
    }

    @Test
    void anOauthClientIsTakenInPlaceOfTheAuthToken() throws Exception {
        twilio.answering(status(200, "{\"access_token\": \"the-token\", \"expires_in\": 3600}"));
        try (TwilioClients client =
                twilio.clients(OrgWith.login(ACME, new TwilioLogin(null, null, "OQ1", "client-secret")))) {
            Call.updater(ACCOUNT, CALL).setTwiml("<Response/>").update(client.forOrg("acme"));
            client.send("acme", TwilioRequest.get("conversations", "/v1/Services"));
        }
        assertThat(twilio.asked())
                .extracting(Asked::authorization)
                .containsExactly(null, "Bearer the-token", "Bearer the-token");
    }

    /** A new secret was put into its file, and Twilio has taken the old one back before it was read. */
    @Test
    void aRequestThatIsRefusedForAnOldSecretIsSentOnceMoreWithTheNewOne() throws Exception {
        twilio.answering(exchange -> {
            boolean known = basic(ACCOUNT, "new-token")
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (known ? status(200, "{}") : StubTwilio.error(401, 20003)).give(exchange);
        });
        Orgs orgs = new Orgs(Map.of("acme", ACME));
        AtomicReference<String> file = new AtomicReference<>(TOKEN);
        try (TwilioClients client = new TwilioClients(
                orgs,
                TwilioSettings.at(twilio.url()),
                new SimpleMeterRegistry(),
                () -> orgs.takeSecrets(Map.of("acme", StubTwilio.org("acme", ACCOUNT, file.get()))))) {
            TwilioRequest request = TwilioRequest.post("taskrouter", "/v1/Workspaces", Map.of("a", "b"));
            assertThat(catchThrowable(() -> client.send("acme", request))).hasMessageContaining("401");
            assertThat(twilio.asked()).as("nothing is new").hasSize(1);

            file.set("new-token");
            client.send("acme", request);
            client.send("acme", request);
        }
        assertThat(twilio.asked())
                .extracting(Asked::authorization)
                .containsExactly(
                        basic(ACCOUNT, TOKEN),
                        basic(ACCOUNT, TOKEN),
                        basic(ACCOUNT, "new-token"),
                        basic(ACCOUNT, "new-token"));
        assertThat(twilio.asked()).extracting(Asked::body).containsOnly("a=b");
    }

    @Test
    void regionAndEdgeAreInTheHost() throws Exception {
        TwilioAccess dublin = new TwilioAccess(null, null, "ie1", "dublin");
        try (TwilioClients ireland = new TwilioClients(
                new Orgs(Map.of("acme", OrgWith.access(ACME, TOKEN, dublin))), TwilioSettings.at(null))) {
            assertThat(TwilioClients.host(ireland.forOrg("acme"), "taskrouter"))
                    .hasHost("taskrouter.dublin.ie1.twilio.com");
            assertThat(TwilioClients.host(ireland.forOrg("acme"), "api")).hasHost("api.dublin.ie1.twilio.com");
        }
        assertThat(TwilioClients.host(clients.forOrg("globex"), "taskrouter")).hasHost("taskrouter.twilio.com");
    }

    @Test
    void theClientForAnyAccountTakesTheCredentialsFromThePath() {
        Call.updater(OTHER_ACCOUNT, CALL).setTwiml("<Response/>").update(clients.forAnyAccount());

        assertThat(twilio.asked())
                .extracting(Asked::authorization)
                .containsExactly(basic(OTHER_ACCOUNT, "globex-secret-token"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.updater("AC" + "0".repeat(32), CALL)
                        .setTwiml("<Response/>")
                        .update(clients.forAnyAccount()))
                .withMessage("No org has the Twilio account AC" + "0".repeat(32));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.updater(CALL).setTwiml("<Response/>").update(clients.forAnyAccount()))
                .withMessageContaining("CamelTwilio.pathAccountSid");
    }

    @Test
    void withOneAccountItNeedNotBeNamed() throws Exception {
        try (TwilioClients single = twilio.clients(ACME, StubTwilio.org("acme-test", ACCOUNT, TOKEN))) {
            Call.updater(CALL).setTwiml("<Response/>").update(single.forAnyAccount());
        }
        assertThat(twilio.asked()).extracting(Asked::authorization).containsExactly(basic(ACCOUNT, TOKEN));
    }

    @Test
    void credentialsNeverLeaveForAnotherHost() {
        TwilioRestClient acme = clients.forOrg("acme");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> acme.request(new Request(HttpMethod.GET, "https://twilio.com.evil.example/v1")))
                .withMessageContaining("twilio.com.evil.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> acme.request(new Request(HttpMethod.GET, "http://api.twilio.com/2010-04-01")));
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void withoutABaseUrlRequestsAreForTwilio() {
        URI asked = URI.create("https://taskrouter.twilio.com/v1/Workspaces?PageSize=1");
        assertThat(new TwilioHosts(null).target(asked)).isEqualTo(asked);
    }

    @Test
    void failuresNameTheRequestButHoldNeitherSecretsNorWords() {
        twilio.answering(status(400, "{\"code\":20001,\"message\":\"Bad Body 'my card is 4111'\",\"status\":400}"));
        assertThat(trace("my card is 4111"))
                .contains("POST https://conversations.twilio.com/v1/Services/", "answered 400 (20001): Bad Body '…'")
                .doesNotContain("4111", TOKEN, "Basic ");

        twilio.answering(status(200, "{\"index\":{\"body\":\"my card is 4111\"}}"));
        assertThat(trace("my card is 4111")).doesNotContain("4111", TOKEN, "Basic ");

        twilio.answering(StubTwilio.hangUp());
        assertThat(trace("my card is 4111")).doesNotContain("4111", TOKEN, "Basic ");
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TwilioSettings(null, null, Duration.ZERO, null, null))
                .withMessageContaining("handoff.twilio.read-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwilioSettings.at(URI.create("localhost:8080")))
                .withMessageContaining("handoff.twilio.base-url");
        assertThat(TwilioSettings.at(null))
                .isEqualTo(new TwilioSettings(
                        null, Duration.ofSeconds(2), Duration.ofSeconds(5), 512, Duration.ofSeconds(5)));
    }

    private String trace(String body) {
        Throwable failure = catchThrowable(() -> Message.creator(ACME.conversationsServiceSid(), THREAD)
                .setBody(body)
                .create(clients.forOrg("acme")));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothingIsSentWhileTheCircuitOfAnOrgAndProductIsOpen() throws Exception {
        twilio.answering(status(503, ""));
        for (int request = 0; request < 10; request++) {
            assertThat(FailureKind.of(failureOf(ACME))).isEqualTo(FailureKind.PERHAPS_DONE);
        }

        assertThat(FailureKind.of(failureOf(ACME))).isEqualTo(FailureKind.NOT_TRIED);
        assertThat(failureOf(ACME)).hasMessageContaining("the circuit acme/conversations is open");
        assertThat(twilio.asked()).hasSize(10);

        twilio.answering(status(201, "{}"));
        Message.creator(ACME.conversationsServiceSid(), THREAD).create(clients.forOrg("globex"));
        Call.updater(CALL).setTwiml("<Response/>").update(clients.forOrg("acme"));
        assertThat(twilio.asked()).hasSize(12);
    }

    @Test
    void recordingsThatCannotBeLookedUpKeepNoCallFromBeingUpdated() throws Exception {
        twilio.answering(status(503, ""));
        for (int request = 0; request < 11; request++) {
            assertThat(catchThrowable(
                            () -> Recording.reader(ACME.accountSid(), CALL).read(clients.forOrg("acme"))))
                    .isNotNull();
        }
        assertThat(twilio.asked()).as("not sent any more").hasSize(10);

        twilio.answering(status(200, "{}"));
        Call.updater(CALL).setTwiml("<Response/>").update(clients.forOrg("acme"));
        assertThat(twilio.asked()).hasSize(11);
    }

    @Test
    void aCircuitClosesWhenTwilioIsBack() throws Exception {
        try (TwilioClients patient = StubTwilio.clients(
                new TwilioSettings(twilio.url(), null, Duration.ofMillis(500), null, Duration.ofMillis(50)))) {
            twilio.answering(status(429, ""));
            for (int request = 0; request < 10; request++) {
                failureOf(patient, ACME);
            }
            assertThat(FailureKind.of(failureOf(patient, ACME))).isEqualTo(FailureKind.NOT_TRIED);

            twilio.answering(status(201, "{}"));
            await().until(() -> failureOf(patient, ACME) == null);
        }
    }

    @Test
    void whatTwilioRefusesOpensNoCircuit() throws Exception {
        twilio.answering(status(404, "{}"));
        for (int request = 0; request < 20; request++) {
            assertThat(FailureKind.of(failureOf(ACME))).isEqualTo(FailureKind.FINAL);
        }
    }

    @Test
    void anOrgWhoseAnswersDoNotComeLeavesConnectionsToTheOthers() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        twilio.answering(exchange -> {
            if (basic(ACCOUNT, TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                waiting.incrementAndGet();
                held.await();
            }
            status(201, "{}").give(exchange);
        });
        Org globex = StubTwilio.org("globex", OTHER_ACCOUNT, "globex-secret-token");
        TwilioSettings six = new TwilioSettings(twilio.url(), null, Duration.ofSeconds(30), 6, null);
        try (TwilioClients shared = StubTwilio.clients(six, ACME, globex)) {
            List<CompletableFuture<Throwable>> stalled = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> failureOf(shared, ACME), task -> new Thread(task).start()))
                    .limit(3)
                    .toList();
            await().until(() -> waiting.get() == 3);

            Throwable fourth = failureOf(shared, ACME);
            assertThat(FailureKind.of(fourth)).isEqualTo(FailureKind.NOT_TRIED);
            assertThat(fourth).hasMessageContaining("was not sent, acme waits for the answers to 3 others");
            assertThat(failureOf(shared, globex)).isNull();

            held.countDown();
            assertThat(stalled).allSatisfy(request -> assertThat(request.join()).isNull());
            assertThat(failureOf(shared, ACME)).isNull();
        }
    }

    private Throwable failureOf(Org org) {
        return failureOf(clients, org);
    }

    private static Throwable failureOf(TwilioClients clients, Org org) {
        return catchThrowable(() -> Message.creator(org.conversationsServiceSid(), THREAD)
                .setBody("Hello")
                .create(clients.forOrg(org.name())));
    }
}
