package io.flexhandoff.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.OrgWith;
import io.flexhandoff.support.SandboxOrg;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an org may be known by, and what becomes of secrets that are read again. */
class OrgsTest {

    private static final String KEY = "SK0123456789abcdef0123456789abcdef";
    private static final Map<String, String> SIGNING = Map.of("WK1", "signing-secret");

    private static Org acme(String authToken, Map<String, String> signingKeys, TwilioLogin login) {
        return OrgWith.access(
                SandboxOrg.of(SandboxAccount.demo(), "acme-key"),
                authToken,
                new TwilioAccess(signingKeys, login, null, null));
    }

    @Test
    void theAuthTokenIsNotNeededWhereOthersDoWhatItDoes() {
        new Orgs(Map.of("acme", acme(null, SIGNING, new TwilioLogin(KEY, "secret", null, null))));
        new Orgs(Map.of("acme", acme(null, SIGNING, new TwilioLogin(null, null, "OQ1", "secret"))));
        new Orgs(Map.of("acme", acme("token", SIGNING, null)));
    }

    @ParameterizedTest
    @CsvSource({
        " , , , , , 'auth-token is missing'",
        "' ', , , , , 'auth-token is missing'",
        " , {key}, secret, , , 'auth-token is missing, and so are signing-keys'",
        " , {signing}, , , , 'auth-token is missing, and so are api-key-sid and oauth-client-id'",
        "token, {key}, , , , 'api-key-secret is missing: api-key-sid and api-key-secret are set together'",
        "token, , secret, , , 'api-key-sid is missing'",
        "token, , , OQ1, , 'oauth-client-secret is missing'",
        "token, , , , secret, 'oauth-client-id is missing'",
        "token, {key}, secret, OQ1, secret, 'api-key-sid and handoff.orgs.acme.oauth-client-id are both set'",
        "token, AC12, secret, , , 'api-key-sid is not a SID of the form SK'",
        "token, {key}, '${ACME_KEY}', , , 'api-key-secret refers to ACME_KEY, which'",
        "token, {key}, two words, , , 'api-key-secret has white space'"
    })
    void whatIsMissingOrTooMuchIsNamed(
            String authToken, String sid, String secret, String client, String clientSecret, String problem) {
        boolean signing = "{signing}".equals(sid);
        String key = sid == null || signing ? null : sid.replace("{key}", KEY);
        Org org = acme(authToken, signing ? SIGNING : null, new TwilioLogin(key, secret, client, clientSecret));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Orgs(Map.of("acme", org)))
                .withMessageContaining("handoff.orgs.acme." + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "ie1, , edge is missing: region and edge are set together",
        ", dublin, region is missing: region and edge are set together",
        "Ireland, dublin, region must be such as ie1",
        "ie1, 'dublin.evil.example/', edge must be such as dublin"
    })
    void regionAndEdgeGoTogether(String region, String edge, String problem) {
        Org org = OrgWith.access(
                SandboxOrg.of(SandboxAccount.demo(), "key"), "token", new TwilioAccess(null, null, region, edge));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Orgs(Map.of("acme", org)))
                .withMessageContaining("handoff.orgs.acme." + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "robot, , on-relay-failure must be human or retry-once",
        "retry-once, , relay-twiml is missing: on-relay-failure is retry-once",
        "retry-once, ${ACME_TWIML}, relay-twiml refers to ACME_TWIML",
        "retry-once, <Response><Connect>, relay-twiml is not XML",
        "human, <Response><Say>Hi</Say></Response>, relay-twiml needs a <Response> with <Connect><ConversationRelay>",
        "human, <!DOCTYPE Response SYSTEM 'file:///etc/hostname'><Response/>, relay-twiml is not XML"
    })
    void whatBeginsASecondSessionIsTwiml(String choice, String twiml, String problem) {
        Org org = OrgWith.relayFailure(SandboxOrg.of(SandboxAccount.demo(), "key"), choice, twiml);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Orgs(Map.of("acme", org)))
                .withMessageContaining("handoff.orgs.acme." + problem);
    }

    @Test
    void signingKeysWhoseNamesLookTheSameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Orgs(Map.of("acme", acme("token", Map.of("key-1", "a", "KEY_1", "b"), null))))
                .withMessageContaining("handoff.orgs.acme.signing-keys has two keys");
    }

    @Test
    void secretsAreTakenOverAndNothingElse() {
        Orgs orgs = new Orgs(Map.of("acme", acme("old-token", null, null)));
        Org read = OrgWith.access(
                SandboxOrg.of(SandboxAccount.named("other", "x"), "new-key"),
                "new-token",
                new TwilioAccess(SIGNING, null, null, null));

        assertThat(orgs.takeSecrets(Map.of("acme", read))).containsExactly("acme");
        assertThat(orgs.takeSecrets(Map.of("acme", read))).as("again").isEmpty();
        Org acme = orgs.get("acme");
        assertThat(acme.authToken()).isEqualTo("new-token");
        assertThat(acme.access().signingKey("wk1")).contains("signing-secret");
        assertThat(acme.accountSid()).isEqualTo(SandboxAccount.demo().accountSid());
        assertThat(orgs.ofApiKey("acme-key")).isEmpty();
        assertThat(orgs.ofApiKey("new-key")).isPresent();
    }

    @Test
    void secretsThatMakeNoSenseLeaveAllAsItWas() {
        Orgs orgs = new Orgs(Map.of("acme", acme("old-token", null, null)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> orgs.takeSecrets(Map.of("acme", acme("", null, null))))
                .withMessageContaining("handoff.orgs.acme.auth-token is missing");
        assertThat(orgs.takeSecrets(Map.of())).isEmpty();
        assertThat(orgs.get("acme").authToken()).isEqualTo("old-token");
    }
}
