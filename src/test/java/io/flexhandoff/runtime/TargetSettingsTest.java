package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.handoff.Targets;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.OrgFields;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TemporaryDataDir;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an org's calls go: a target that is not there, and an address that is none, end the start by name. */
class TargetSettingsTest {

    private static final String ACME = "handoff.orgs.acme.";

    private static void start(String set, String webhookToken) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "handoff.http.port", "0",
                "handoff.data-dir", TemporaryDataDir.create().toString(),
                "handoff.sandbox.enabled", "true"));
        for (String setting : set.split(" ")) {
            settings.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        }
        OrgFields.check(settings.keySet().stream());
        Properties defaults = Defaults.load();
        Settings all = new Settings(name -> settings.getOrDefault(name, defaults.getProperty(name)));
        Map<String, Org> orgs = Map.of("acme", SandboxOrg.of(SandboxAccount.demo(), "acme-key", webhookToken));
        try (HandoffRuntime runtime = new HandoffRuntime(all, orgs);
                DefaultCamelContext context = new DefaultCamelContext()) {
            runtime.configure(context);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer-target=genesys | transfer-target: there is no route direct:transfer-genesys",
                "transfer-target=dail | transfer-target: there is no route direct:transfer-dail, did you mean direct:transfer-dial?",
                "transfer-target=dial | dial.to is missing: " + ACME
                        + "transfer-target, or handoff.transfer.target, is dial",
                "transfer-target=dial dial.to=+15550123 unanswered.after=45s | unanswered.after is set, and the org's"
                        + " transfer-target is not flex",
                "transfer-target=dial dial.to=5550123 | dial.to must be a phone number such as +14155550100",
                "transfer-target=dial dial.to=https://pbx.example.com | dial.to must be a phone number",
                "transfer-target=dial dial.to=sip:a@b.example?X-A=b | dial.to must be a phone number",
                "transfer-target=dial dial.to=+15550123 dial.caller-id=Acme | dial.caller-id must be a phone number",
                "transfer-target=dial dial.to=+15550123 dial.timeout=0 | dial.timeout must be 1s to 600s",
                "transfer-target=dial dial.to=+15550123 dial.timeout=soon | dial.timeout must be a duration"
            })
    void whatMakesNoSenseIsNamed(String set, String message) {
        String settings = Stream.of(set.strip().split(" "))
                .map(each -> ACME + each)
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();

        assertThatThrownBy(() -> start(settings, "t0ken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(ACME + message);
    }

    @Test
    void itsDoorsNeedAToken() {
        assertThatThrownBy(() -> start(ACME + "transfer-target=dial " + ACME + "dial.to=+15550123", null))
                .hasMessageStartingWith(ACME + "webhook-token is missing");
    }

    @Test
    void anOrgHasItsOwnTargetOrThatOfAll() {
        Targets targets = new Targets(Map.of("acme", "dial"), "flex", route -> false);

        assertThat(targets.of("acme")).isEqualTo("dial");
        assertThat(targets.of("globex")).isEqualTo("flex");
    }
}
