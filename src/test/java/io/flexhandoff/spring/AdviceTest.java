package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flexhandoff.org.Orgs;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.support.TemporaryDataDir;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Whoever follows the advice of a failed start to the letter gets one that succeeds. */
class AdviceTest {

    private static final Pattern VARIABLE = Pattern.compile("environment variable ([A-Z0-9_]+)");
    private static final Pattern REFERENCE = Pattern.compile("([a-z-]+): (\\$\\{([A-Z0-9_]+)})");
    private static final Pattern FILE = Pattern.compile("Look at ([^:]+): .* in a mounted file of that name");

    private final Path dataDir = TemporaryDataDir.create();
    private final Path mounted = dataDir.resolve("mounted");
    private final Properties file = new Properties();
    private final Map<String, Object> variables = new HashMap<>();

    private void configure(String org) {
        String prefix = "handoff.orgs." + org + ".";
        file.setProperty(prefix + "account-sid", "AC" + "0".repeat(32));
        file.setProperty(prefix + "auth-token", "token-of-the-test");
        file.setProperty(prefix + "workspace-sid", "WS" + "0".repeat(32));
        file.setProperty(prefix + "workflow-sid", "WW" + "0".repeat(32));
        file.setProperty(prefix + "conversations-service-sid", "IS" + "0".repeat(32));
        file.setProperty(prefix + "api-keys", "key-of-" + org);
        file.setProperty(prefix + "webhook-token", "webhook-of-the-test");
    }

    private FailureAnalysis failure() {
        Throwable failure = catchThrowable(() -> start().close());
        assertThat(failure).as("the start fails").isNotNull();
        FailureAnalysis report = new StartFailureAnalyzer(new StandardEnvironment())
                .analyze(new IllegalStateException("a bean", failure));
        assertThat(report).as(failure.toString()).isNotNull();
        return report;
    }

    private Orgs startedOrgs() throws Exception {
        start().close();
        return new Orgs(CommandSettings.orgs(environment()));
    }

    private HandoffRuntime start() throws Exception {
        StandardEnvironment environment = environment();
        HandoffRuntime runtime =
                new HandoffRuntime(new Settings(environment::getProperty), CommandSettings.orgs(environment));
        try {
            runtime.configure(new DefaultCamelContext());
            return runtime;
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    /** As Spring Boot has it: the environment before mounted files before the files in config. */
    private StandardEnvironment environment() throws Exception {
        Properties defaults = Defaults.load();
        defaults.setProperty("handoff.data-dir", dataDir.toString());
        defaults.setProperty("handoff.http.port", "0");
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment
                .getPropertySources()
                .addLast(new ConfigTreePropertySource(
                        "mounted", Files.createDirectories(mounted).toAbsolutePath()));
        environment.getPropertySources().addLast(new PropertiesPropertySource("file", file));
        environment.getPropertySources().addLast(new PropertiesPropertySource("defaults", defaults));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    private static String found(Pattern pattern, String text, int group) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(group);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("handoff.late.delays", "soon", "1s"),
                Arguments.of("handoff.events.workers", "many", "8"),
                Arguments.of("handoff.public-url", "https://a:b@handoff.example.com", "https://handoff.example.com"),
                Arguments.of("handoff.redaction.patterns[0]", "(", "[0-9]{4}"),
                Arguments.of("handoff.redaction.cards", "perhaps", "true"),
                Arguments.of("handoff.metrics.period", "${MISSING}", "15s"),
                Arguments.of("handoff.sandbox.enabled", "false", "auto"),
                Arguments.of("handoff.broker.url", "nowhere", ""),
                Arguments.of("handoff.ledger.url", "jdbc:nothing://localhost/ledger", "jdbc:h2:mem:advice"),
                Arguments.of("handoff.enrichment.languages", "en,xx", "en,de"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void theVariableIsTheOneThatCounts(String setting, String wrong, String right) throws Exception {
        file.setProperty(setting, wrong);

        variables.put(found(VARIABLE, failure().getAction(), 1), right);

        start().close();
    }

    @ParameterizedTest
    @CsvSource({
        "acme, auth-token, ''",
        "acme, account-sid, AC12",
        "acme, api-keys, ''",
        "acme, webhook-token, ${ACME_WEBHOOK_TOKEN}",
        "acme-eu, auth-token, ''",
        "acme-eu, workspace-sid, WS12",
        "acme-eu-2, api-keys, two words",
        "acme-eu, auth-token, ${ACME_SECRET}"
    })
    void anOrgGetsItsSettingAndNoOtherOrgIsMade(String org, String field, String wrong) throws Exception {
        configure(org);
        String setting = "handoff.orgs." + org + "." + field;
        String right = file.getProperty(setting);
        file.setProperty(setting, wrong);
        String action = failure().getAction();

        if (org.contains("-") && !wrong.startsWith("$")) {
            assertThat(found(REFERENCE, action, 1)).isEqualTo(field);
            file.setProperty(setting, found(REFERENCE, action, 2));
            variables.put(found(REFERENCE, action, 3), right);
        } else {
            variables.put(found(VARIABLE, action, 1), right);
        }
        assertThat(startedOrgs().all()).singleElement().satisfies(started -> assertThat(started.name())
                .isEqualTo(org));

        file.setProperty(setting, wrong);
        variables.clear();
        action = failure().getAction();
        Files.writeString(
                mounted.resolve(wrong.startsWith("$") ? found(VARIABLE, action, 1) : found(FILE, action, 1)), right);
        assertThat(startedOrgs().all()).singleElement().satisfies(started -> assertThat(started.name())
                .isEqualTo(org));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"handoff.orgs.acme.webhok-token", "handoff.orgs.acme-eu.token", "handoff.orgs.acme.eu.auth-token"
            })
    void aSettingThatMeansNothingIsTakenOut(String setting) throws Exception {
        configure("acme");
        file.setProperty(setting, "x");

        assertThat(failure().getAction())
                .contains("Take " + setting + " out", "config/orgs.example.yaml")
                .doesNotContain("HANDOFF_ORGS");

        file.remove(setting);
        start().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "acme_eu", "ACME"})
    void anOrgGetsAnotherName(String name) throws Exception {
        configure(name);

        FailureAnalysis failure = failure();
        assertThat(failure.getDescription()).contains(name + " is no name of an org");
        assertThat(failure.getAction()).contains("name it").doesNotContain("environment variable HANDOFF");

        file.clear();
        configure("acme-eu");
        start().close();
    }

    @Test
    void aPortThatIsTakenIsChanged() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            file.setProperty("handoff.http.port", String.valueOf(taken.getLocalPort()));

            variables.put(found(VARIABLE, failure().getAction(), 1), "0");

            start().close();
        }
    }

    @Test
    void aDataFolderOfAnotherProcessIsChanged() throws Exception {
        try (HandoffRuntime first = start()) {
            assertThat(first.port()).isNotNegative();
            FailureAnalysis failure = failure();
            assertThat(failure.getDescription()).contains("give each process a folder of its own");

            variables.put(
                    found(VARIABLE, failure.getAction(), 1),
                    dataDir.resolve("another").toString());
            start().close();
        }
    }

    @Test
    void aBrokenRouteFileIsTakenOut() throws Exception {
        Path broken = Files.createDirectories(dataDir.resolve("routes")).resolve("crm.camel.yaml");
        Files.writeString(broken, "- route:\n    form: direct:crm\n");
        file.setProperty(
                "handoff.routes-dir", dataDir.resolve("routes").toAbsolutePath().toString());

        FailureAnalysis failure = failure();
        assertThat(failure.getDescription()).contains(broken.toAbsolutePath().toString());
        assertThat(failure.getAction()).contains("take it out of the folder");

        Files.delete(broken);
        start().close();
    }
}
