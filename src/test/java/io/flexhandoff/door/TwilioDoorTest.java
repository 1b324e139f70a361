package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TemporaryDataDir;
import io.flexhandoff.support.TwilioPost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Who is let in through the doors for Twilio, and what an operator sees of the others. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=doors",
            "handoff.public-url=https://handoff.example.com:8443/twilio/",
            "handoff.sandbox.enabled=true",
            "handoff.orgs.acme.account-sid=AC0000000000000000000000000000000a",
            "handoff.orgs.acme.auth-token=acme-auth-token",
            "handoff.orgs.acme.workspace-sid=WS0000000000000000000000000000000a",
            "handoff.orgs.acme.workflow-sid=WW0000000000000000000000000000000a",
            "handoff.orgs.acme.conversations-service-sid=IS0000000000000000000000000000000a",
            "handoff.orgs.acme.api-keys=acme-key",
            "handoff.orgs.acme.webhook-token=acme-token",
            "handoff.orgs.acme.signing-keys.WK2026=acme-secret-of-2026",
            "handoff.orgs.acme.signing-keys[next_key]=acme-secret-of-2027",
            "handoff.orgs.bravo.account-sid=AC0000000000000000000000000000000b",
            "handoff.orgs.bravo.auth-token=bravo-auth-token",
            "handoff.orgs.bravo.workspace-sid=WS0000000000000000000000000000000b",
            "handoff.orgs.bravo.workflow-sid=WW0000000000000000000000000000000b",
            "handoff.orgs.bravo.conversations-service-sid=IS0000000000000000000000000000000b",
            "handoff.orgs.bravo.api-keys=bravo-key",
            "handoff.secrets.period=200ms",
            "handoff.orgs.charlie.account-sid=AC0000000000000000000000000000000c",
            "handoff.orgs.charlie.workspace-sid=WS0000000000000000000000000000000c",
            "handoff.orgs.charlie.workflow-sid=WW0000000000000000000000000000000c",
            "handoff.orgs.charlie.conversations-service-sid=IS0000000000000000000000000000000c",
            "handoff.orgs.charlie.api-key-sid=SK0000000000000000000000000000000c"
        })
class TwilioDoorTest {

    private static final String PUBLIC = "https://handoff.example.com:8443/twilio";

    /** An org without an auth token, whose secrets are in files. */
    private static final Path CHARLIE = TemporaryDataDir.create();

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry properties) throws IOException {
        for (String secret : List.of("api-key-secret", "api-keys.events", "webhook-token")) {
            Files.writeString(CHARLIE.resolve(secret), "charlie-" + secret + "\n");
            properties.add("handoff.orgs.charlie." + secret + "-file", () -> CHARLIE.resolve(secret)
                    .toString());
        }
        Files.writeString(CHARLIE.resolve("WK1"), "charlie-signs\n");
        properties.add("handoff.orgs.charlie.signing-keys-file.WK1", () -> CHARLIE.resolve("WK1")
                .toString());
    }

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private RejectedRequests rejected;
    private Org acme;
    private long before;

    @BeforeEach
    void count() {
        rejected = context.getRegistry().lookupByNameAndType("rejectedRequests", RejectedRequests.class);
        acme = runtime.twilio().org("acme");
        before = total();
    }

    private long total() {
        return rejected.all().stream()
                .mapToLong(RejectedRequests.Count::requests)
                .sum();
    }

    private TwilioPost post(String path) {
        return TwilioPost.to(runtime.port(), path, acme.authToken())
                .signedFor(PUBLIC)
                .with("AccountSid", acme.accountSid())
                .with("WorkspaceSid", acme.workspaceSid())
                .with("EventType", "worker.activity.update");
    }

    private TwilioPost post() {
        return post("/webhooks/acme/acme-token");
    }

    private void refused(HttpResponse<String> answer, String org, Rejection why) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("""
                {"type":"about:blank","title":"Forbidden","status":403,"detail":"This request is not accepted"}""");
        assertThat(rejected.of(org)).first().satisfies(count -> assertThat(count.rejection())
                .isEqualTo(why));
        assertThat(total()).isEqualTo(before + 1);
    }

    @Test
    void whatTwilioSignedForTheOrgComesIn() {
        HttpResponse<String> answer = post().with("TaskCanceledReason", "")
                .with("a", "lower case")
                .with("WorkerName", "Zoë & Ñandú = 100% + \u65e5\u672c\r\n")
                .with("Camel.Test", "header-like")
                .send();

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEmpty();
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void aFieldMayBeLong() {
        assertThat(post().with("TaskAttributes", "{\"text\":\"" + "€".repeat(20_000) + "\"}")
                        .send()
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void theQueryIsSignedToo() {
        assertThat(post("/webhooks/acme/acme-token?a=1&b=%2F%20+x").send().statusCode())
                .isEqualTo(204);
    }

    @Test
    void aFieldCannotPretendToBeAnotherOrg() {
        assertThat(post().with("org", "bravo").with("webhookToken", "x").send().statusCode())
                .isEqualTo(204);
    }

    @Test
    void withoutASignatureNothingComesIn() {
        refused(post().signature("").send(), "acme", Rejection.NO_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", " ", "é"})
    void withAForgedSignatureNothingComesIn(String signature) {
        refused(post().signature(signature).send(), "acme", Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aSignatureCoversEveryField() {
        refused(
                TwilioPost.to(runtime.port(), "/webhooks/acme/acme-token", acme.authToken())
                        .with("AccountSid", acme.accountSid())
                        .signedFor(PUBLIC + "/elsewhere")
                        .send(),
                "acme",
                Rejection.WRONG_SIGNATURE);
    }

    @Test
    void httpForHttpsIsNamed() {
        refused(post().signedFor("http://handoff.example.com:8443/twilio").send(), "acme", Rejection.OTHER_SCHEME);
    }

    @ParameterizedTest
    @CsvSource({
        "https://handoff.example.com:8443, X-Trace, -",
        "http://handoff.example.com, X-Trace, -",
        "https://old.example.com, X-Forwarded-Host, old.example.com",
        "https://old.example.com/twilio, X-Forwarded-Host, 'old.example.com, inner.local'",
        "http://old.example.com, X-Forwarded-Host, 'inner.local,old.example.com'",
        "https://old.example.com:444, X-Forwarded-Host, 'inner.local , old.example.com:444'",
        "https://old.example.com, Forwarded, 'for=192.0.2.1;host=old.example.com;proto=https'",
        "https://old.example.com:444, Forwarded, 'for=192.0.2.1, for=192.0.2.2;Host=\"old.example.com:444\"'",
        "https://localhost:{port}/voice-team, X-Forwarded-Prefix, /voice-team/"
    })
    void anotherAddressIsNamed(String address, String header, String value) {
        refused(
                post().signedFor(address.replace("{port}", String.valueOf(runtime.port())))
                        .header(header, value)
                        .send(),
                "acme",
                Rejection.OTHER_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handoff.example.com, old.example.com", "a,b,c", ",", "é, ü"})
    void aForgeryBehindSeveralProxiesIsOne(String hosts) {
        refused(post().signature("forged").header("X-Forwarded-Host", hosts).send(), "acme", Rejection.WRONG_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://handoff.example.com:8443/twilio, acme-auth-token, NOT_A_FORM",
        "http://handoff.example.com:8443/twilio, acme-auth-token, NOT_A_FORM",
        "https://handoff.example.com, acme-auth-token, NOT_A_FORM",
        "https://handoff.example.com:8443/twilio, bravo-auth-token, WRONG_SIGNATURE"
    })
    void jsonOfAnEventStreamIsNamed(String address, String token, Rejection why) {
        refused(
                post("/webhooks/acme/acme-token?bodySHA256=0a1b")
                        .json("[{\"type\":\"com.twilio.taskrouter.task.created\"}]")
                        .signedFor(address)
                        .signedWith(token)
                        .send(),
                "acme",
                why);
    }

    private TwilioPost streamed(String body) {
        return TwilioPost.streamed(runtime.port(), "/webhooks/acme/acme-token/events", acme.authToken(), body)
                .signedFor(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}, 7, null]", "{\"type\":\"com.twilio.eventstreams.test-event\"}"})
    void whatAnEventStreamSendsComesIn(String body) {
        assertThat(streamed(body).send().statusCode()).isEqualTo(204);
        assertThat(streamed(body)
                        .signedWithKey("WK2026", "acme-secret-of-2026")
                        .send()
                        .statusCode())
                .isEqualTo(204);
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void anEventStreamIsSignedWithItsBody() {
        refused(streamed("[]").json("[ ]").send(), "acme", Rejection.OTHER_BODY);
    }

    @Test
    void aFormIsNoEventStream() {
        refused(post("/webhooks/acme/acme-token/events").send(), "acme", Rejection.NOT_A_STREAM);
    }

    @Test
    void anEventStreamForAnotherAddressIsNamed() {
        refused(streamed("[]").signedFor(PUBLIC.replace("https", "http")).send(), "acme", Rejection.OTHER_SCHEME);
    }

    @ParameterizedTest
    @CsvSource({"WK2026, acme-secret-of-2026", "next_key, acme-secret-of-2027", "wk2026, acme-secret-of-2026"})
    void whatASigningKeyOfTheOrgSignedComesIn(String key, String secret) {
        assertThat(post().signedWithKey(key, secret).send().statusCode()).isEqualTo(204);
        assertThat(call().signedWithKey(key, secret).byGet().send().statusCode())
                .isEqualTo(204);
        assertThat(post().send().statusCode()).as("the auth token signs too").isEqualTo(204);
        assertThat(total()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "WK2025, acme-secret-of-2026, https://handoff.example.com:8443/twilio, UNKNOWN_KEY",
        "'', acme-secret-of-2026, https://handoff.example.com:8443/twilio, UNKNOWN_KEY",
        "WK2026, acme-secret-of-2027, https://handoff.example.com:8443/twilio, WRONG_KEY",
        "WK2026, acme-auth-token, https://handoff.example.com:8443/twilio, WRONG_KEY",
        "WK2026, acme-secret-of-2026, http://handoff.example.com:8443/twilio, OTHER_SCHEME",
        "WK2026, acme-secret-of-2026, https://handoff.example.com, OTHER_ADDRESS"
    })
    void whatIsWrongWithASigningKeyIsNamed(String key, String secret, String address, Rejection why) {
        refused(post().signedWithKey(key, secret).signedFor(address).send(), "acme", why);
    }

    @Test
    void theKeyThatAnOrgDoesNotHaveIsNamed() {
        post().signedWithKey("WK2031", "secret").send();
        assertThat(rejected.of("acme").get(0).likelyCause())
                .contains("signed with a key that this org does not have")
                .endsWith("(the last names key WK2031)");

        post().signedWithKey("WK2031 \" <b>", "secret").send();
        assertThat(rejected.of("acme").get(0).likelyCause()).endsWith("(the last names a key by a name that is none)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "=",
                "key=WK2026",
                "key=WK2026,algorithm=",
                "key=WK2026,algorithm=NONE",
                "key=WK2026,algorithm=HMAC_MD5",
                "algorithm=hmac_sha256,key=WK2026",
                "key=WK2026;algorithm=HMAC_SHA256"
            })
    void anAlgorithmThatIsNotKnownIsNamed(String settings) {
        refused(
                post().header("X-Twilio-Webhooks-Signature-Settings", settings).send(),
                "acme",
                Rejection.OTHER_ALGORITHM);
    }

    private TwilioPost charlie(String webhookToken, String secret) {
        Org charlie = runtime.twilio().org("charlie");
        return TwilioPost.to(runtime.port(), "/webhooks/charlie/" + webhookToken, "charlie-auth-token")
                .signedFor(PUBLIC)
                .signedWithKey("WK1", secret)
                .with("AccountSid", charlie.accountSid())
                .with("EventType", "worker.activity.update");
    }

    @Test
    void secretsInFilesAreReadAgainWhenTheyChange() throws IOException {
        assertThat(charlie("charlie-webhook-token", "charlie-signs").send().statusCode())
                .isEqualTo(204);

        Files.writeString(CHARLIE.resolve("WK1"), "charlie-signs-anew");
        Files.writeString(CHARLIE.resolve("webhook-token"), "charlie-webhook-anew");
        await().until(() ->
                charlie("charlie-webhook-anew", "charlie-signs-anew").send().statusCode() == 204);
        assertThat(charlie("charlie-webhook-anew", "charlie-signs").send().statusCode())
                .isEqualTo(403);

        Files.delete(CHARLIE.resolve("WK1"));
        Files.writeString(CHARLIE.resolve("webhook-token"), "half a fi");
        Files.writeString(CHARLIE.resolve("api-keys.events"), "another-key");
        assertThat(charlie("charlie-webhook-anew", "charlie-signs-anew").send().statusCode())
                .as("what makes no sense leaves all as it was")
                .isEqualTo(204);
        Files.writeString(CHARLIE.resolve("WK1"), "charlie-signs");
        Files.writeString(CHARLIE.resolve("webhook-token"), "charlie-webhook-token");
        await().until(() ->
                charlie("charlie-webhook-token", "charlie-signs").send().statusCode() == 204);
    }

    @Test
    void anOrgWithoutAnAuthTokenTakesNothingThatItSigns() {
        refused(
                TwilioPost.to(runtime.port(), "/webhooks/charlie/charlie-webhook-token", "charlie-auth-token")
                        .signedFor(PUBLIC)
                        .with("AccountSid", "AC0000000000000000000000000000000c")
                        .send(),
                "charlie",
                Rejection.NO_AUTH_TOKEN);
    }

    @Test
    void aRedirectThatLosesTheFormIsNamed() {
        TwilioPost empty = TwilioPost.to(runtime.port(), "/webhooks/acme/acme-token", acme.authToken());
        refused(empty.send(), "acme", Rejection.LOST_FORM);
        before = total();
        refused(call().without("CallSid").without("AccountSid").byGet().send(), "acme", Rejection.LOST_FORM);
    }

    private TwilioPost call() {
        return TwilioPost.to(runtime.port(), "/voice/acme/acme-token/status", acme.authToken())
                .signedFor(PUBLIC)
                .with("AccountSid", acme.accountSid())
                .with("CallSid", "CA0000000000000000000000000000000a");
    }

    @Test
    void aSignedGetComesInByTheVoiceDoors() {
        assertThat(call().with("CallStatus", "ringing").byGet().send().statusCode())
                .isEqualTo(204);
        assertThat(call().with("From", "sip:Zoë & co+1@example.com")
                        .byGet()
                        .send()
                        .statusCode())
                .isEqualTo(204);
        refused(call().byGet().signature("forged").send(), "acme", Rejection.WRONG_SIGNATURE);
        before = total();
        refused(
                call().byGet()
                        .signedFor("http://handoff.example.com:8443/twilio")
                        .send(),
                "acme",
                Rejection.OTHER_SCHEME);
    }

    /** Nothing but the count tells it: no route has had the request. */
    private void counted(HttpResponse<String> answer, int status, String org, Rejection why) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(rejected.of(org)).first().satisfies(count -> assertThat(count.rejection())
                .isEqualTo(why));
        assertThat(total()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /webhooks/acme/acme-token, acme, OTHER_METHOD",
        "PUT, /voice/acme/acme-token/connect-action, acme, OTHER_METHOD",
        "DELETE, /voice/acme/wrong/status, acme, OTHER_METHOD",
        "GET, /webhooks/nobody/acme-token, (none), UNKNOWN_ORG"
    })
    void anotherMethodIsCounted(String method, String path, String org, Rejection why) {
        counted(post(path).by(method).send(), 405, org, why);
    }

    @ParameterizedTest
    @CsvSource({
        "/webhooks/acme, acme",
        "/twilio/webhooks/acme/acme-token, acme",
        "/voice/acme/acme-token/conect-action, acme",
        "/voice/acme/acme-token, acme",
        "/webhooks/acme/acme-token/status, acme",
        "/webhooks/nobody, (none)",
        "/webhook/acme/acme-token, (none)",
        "/elsewhere, (none)"
    })
    void anotherPathIsCounted(String path, String org) {
        counted(post(path).send(), 404, org, Rejection.OTHER_PATH);
        before = total();
        counted(post(path).byGet().send(), 404, org, Rejection.OTHER_PATH);
    }

    @Test
    void aFormThatIsTooLongIsCounted() {
        counted(post().with("Body", "x".repeat(2_200_000)).send(), 413, "acme", Rejection.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/favicon.ico", "/voices/acme"})
    void whatIsMeantForNoDoorIsNotCounted(String path) {
        assertThat(post(path).signature("").send().statusCode()).isEqualTo(404);
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void aVoiceCallbackWithoutACallIsCounted() {
        counted(call().without("CallSid").send(), 400, "acme", Rejection.NO_CALL);
    }

    @Test
    void theTokenOfAnotherAccountIsNotEnough() {
        refused(post().signedWith("bravo-auth-token").send(), "acme", Rejection.WRONG_SIGNATURE);
    }

    @Test
    void aSandboxUrlInAProductionAccountIsNamed() {
        refused(
                post().with("AccountSid", "AC0000000000000000000000000000000b")
                        .signedWith("bravo-auth-token")
                        .send(),
                "acme",
                Rejection.OTHER_ACCOUNT);
    }

    @Test
    void withoutAnAccountNothingComesIn() {
        refused(post().without("AccountSid").send(), "acme", Rejection.NO_ACCOUNT);
    }

    @Test
    void anotherWorkspaceIsNamed() {
        refused(
                post().with("WorkspaceSid", "WS0000000000000000000000000000000b")
                        .send(),
                "acme",
                Rejection.OTHER_WORKSPACE);
    }

    @Test
    void aWrongTokenIsNamed() {
        refused(post("/webhooks/acme/acme-toke").send(), "acme", Rejection.WRONG_TOKEN);
    }

    @Test
    void anOrgWithoutAWebhookTokenHasNoDoor() {
        refused(post("/webhooks/bravo/x").send(), "bravo", Rejection.NO_WEBHOOK_TOKEN);
        assertThat(post("/webhooks/bravo/").send().statusCode()).isIn(403, 404);
    }

    @Test
    void whatNamesNoOrgIsCountedTogether() {
        refused(post("/webhooks/nobody/acme-token").send(), RejectedRequests.NO_ORG, Rejection.UNKNOWN_ORG);
        before = total();
        refused(post("/webhooks/ac%6De/acme-token").send(), RejectedRequests.NO_ORG, Rejection.UNKNOWN_ORG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AccountSid=%zz", "%", "&&&===", "\0", "{\"AccountSid\":1}"})
    void aFormThatCannotBeReadIsAnswered(String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + runtime.port() + "/webhooks/acme/acme-token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Twilio-Signature", "forged")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isIn(400, 403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void anOperatorSeesHowManyAndWhy() throws Exception {
        post().signature("").send();

        ObjectName console = new ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=services,name=RejectedRequests");
        @SuppressWarnings("unchecked")
        List<Map<String, String>> rows = (List<Map<String, String>>)
                ManagementFactory.getPlatformMBeanServer().invoke(console, "list", null, null);
        assertThat(rows)
                .filteredOn(row -> row.get("cause").equals("NO_SIGNATURE"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("org")).isEqualTo("acme");
                    assertThat(row.get("likelyCause")).contains("a proxy drops the header");
                });
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(console, "Total"))
                .isEqualTo(total());
    }
}
