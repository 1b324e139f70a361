package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Who is let in through the doors for Twilio, and what an operator sees of the others. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=doors",
            "handoff.public-url=https://handoff.example.com/",
            "handoff.sandbox.enabled=true",
            "handoff.orgs.acme.account-sid=AC0000000000000000000000000000000a",
            "handoff.orgs.acme.auth-token=acme-auth-token",
            "handoff.orgs.acme.workspace-sid=WS0000000000000000000000000000000a",
            "handoff.orgs.acme.workflow-sid=WW0000000000000000000000000000000a",
            "handoff.orgs.acme.conversations-service-sid=IS0000000000000000000000000000000a",
            "handoff.orgs.acme.api-keys=acme-key",
            "handoff.orgs.acme.webhook-token=acme-token",
            "handoff.orgs.bravo.account-sid=AC0000000000000000000000000000000b",
            "handoff.orgs.bravo.auth-token=bravo-auth-token",
            "handoff.orgs.bravo.workspace-sid=WS0000000000000000000000000000000b",
            "handoff.orgs.bravo.workflow-sid=WW0000000000000000000000000000000b",
            "handoff.orgs.bravo.conversations-service-sid=IS0000000000000000000000000000000b",
            "handoff.orgs.bravo.api-keys=bravo-key"
        })
class TwilioDoorTest {

    private static final String PUBLIC = "https://handoff.example.com";

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
        refused(post().signedFor("http://handoff.example.com").send(), "acme", Rejection.OTHER_SCHEME);
    }

    @Test
    void anotherAddressIsNamed() {
        refused(
                post().signedFor("https://old.example.com")
                        .header("X-Forwarded-Host", "old.example.com")
                        .send(),
                "acme",
                Rejection.OTHER_ADDRESS);
        before = total();
        refused(post().signedFor("http://localhost:" + runtime.port()).send(), "acme", Rejection.OTHER_ADDRESS);
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
        refused(post().without("AccountSid").send(), "acme", Rejection.OTHER_ACCOUNT);
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
        refused(post("/webhooks/bravo/x").send(), "bravo", Rejection.WRONG_TOKEN);
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
