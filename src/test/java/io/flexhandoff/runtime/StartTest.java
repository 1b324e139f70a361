package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.twilio.converter.Promoter;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.OrgFields;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.spring.CommandSettings;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.StandardEnvironment;

/** A start that cannot succeed ends at once and names the setting. */
class StartTest {

    /** A command silences the console for its JVM, which goes on to the next tests. */
    @AfterAll
    static void letTheConsoleSpeak() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_THRESHOLD.getEnvironmentVariableName());
        LoggingSystem logging = LoggingSystem.get(StartTest.class.getClassLoader());
        logging.cleanUp();
        logging.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
    }

    private static final String PASSWORD = "a-secret-of-the-test";

    private final Path dataDir = TemporaryDataDir.create();

    @Test
    void aSecondProcessOnTheSameDataFolderEndsAtOnce() throws Exception {
        Path log = dataDir.resolve("second.txt");
        try (HandoffRuntime first = start(Map.of())) {
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "-Dhandoff.http.port=0",
                            "-Dhandoff.data-dir=" + dataDir,
                            PlainMain.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = second.waitFor(60, TimeUnit.SECONDS);
            second.destroyForcibly();

            assertThat(ended).as("the second process ends").isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(Files.readString(log))
                    .contains("handoff.data-dir: another process is running on " + dataDir.toAbsolutePath())
                    .doesNotContain("\tat ");
            assertThat(first.ledger().dataSource().getConnection().isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"handoff.broker.url, tcp://localhost:61616", "handoff.ledger.url, jdbc:h2:mem:elsewhere"})
    void theDataFolderHasOneOwnerWhicheverHalfOfItIsUsed(String setting, String elsewhere) throws Exception {
        try (HandoffRuntime first = start(Map.of(setting, elsewhere))) {
            assertThatThrownBy(() -> start(Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("handoff.data-dir");
            assertThat(first.broker()).isNotNull();
        }
        start(Map.of()).close();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(dataDir.resolve("a-file"));

        assertThatThrownBy(() -> start(Map.of("handoff.data-dir", file.toString())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("handoff.data-dir: cannot write to " + file.toAbsolutePath());
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());

            assertNamed("handoff.http.port", () -> start(Map.of("handoff.http.port", port)));
        }
        start(Map.of()).close();
    }

    @ParameterizedTest
    @CsvSource({
        "handoff.http.port, many",
        "handoff.http.port, 99999",
        "handoff.late.delays, '1s,soon'",
        "handoff.metrics.period, often",
        "handoff.sandbox.enabled, perhaps",
        "handoff.routes-reload, perhaps",
        "camel.main.routes-reload-enabled, true",
        "camel.main.context-reload-enabled, true",
        "camel.springboot.routes-reload-enabled, true",
        "handoff.public-url, handoff.example.com",
        "handoff.public-url, 'https://operator:a-secret-of-the-test@handoff.example.com'",
        "handoff.public-url, 'https://a-secret-of-the-test@handoff.example.com/voice'",
        "handoff.public-url, 'https://handoff.example.com?token=a-secret-of-the-test'",
        "handoff.public-url, 'https://handoff.example.com/#a-secret-of-the-test'",
        "handoff.public-url, 'https://handoff.example.com/a|b?a-secret-of-the-test'",
        "handoff.twilio.base-url, a-secret-of-the-test",
        "handoff.twilio.base-url, 'http://twilio:a-secret-of-the-test@localhost'",
        "handoff.enrichment.llm.base-url, 'https://a-secret-of-the-test@'",
        "handoff.enrichment.llm.base-url, 'https://ai:a-secret-of-the-test@models.example.com/v1'",
        "handoff.enrichment.llm.base-url, 'https://models.example.com/v1?key=a-secret-of-the-test'",
        "handoff.enrichment.default-language, klingon",
        "handoff.enrichment.note-language, auto",
        "handoff.orgs.demo.enrichment.default-language, multi",
        "handoff.orgs.demo.waiting.music, a-secret-of-the-test.mp3",
        "handoff.orgs.demo.waiting.every, 30s",
        "handoff.availability.fresh, soon",
        "handoff.orgs.demo.outcome-url, 'https://ai.example.com/?key=a-secret-of-the-test'",
        "handoff.orgs.demo.outcome-secret, whsec_a-secret-of-the-test",
        "handoff.broker.url, 'nowhere?password=a-secret-of-the-test'",
        "handoff.broker.url, 'tcp://localhost:61616?user=handoff;password=a-secret-of-the-test'",
        "handoff.broker.url, 'tcp://localhost:61616?ha=true&Password=a-secret-of-the-test'",
        "handoff.broker.url, '(tcp://one:61616,tcp://two:61616)?password=a-secret-of-the-test'",
        "handoff.orgs.demo.webhok-token, a-secret-of-the-test"
    })
    void aSettingThatMakesNoSenseIsNamed(String setting, String value) {
        assertNamed(setting, () -> {
            OrgFields.check(Stream.of(setting));
            boolean ofTwilio = setting.equals("handoff.twilio.base-url");
            try (HandoffRuntime runtime = start(
                    Map.of(setting, value),
                    ofTwilio ? Map.of("acme", SandboxOrg.of(SandboxAccount.demo(), "key")) : Map.of())) {
                runtime.configure(new DefaultCamelContext());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "handoff.http.prot, ', did you mean handoff.http.port?'",
        "handoff.transfer.taget, ', did you mean handoff.transfer.target?'",
        "handoff.publicurll, ', did you mean handoff.public-url?'",
        "handoff.sandbox, ', did you mean handoff.sandbox.enabled?'",
        "handoff.nothing-like-it, ''",
        "handoff.orgs.acme.webhok-token, ' (did you mean handoff.orgs.acme.webhook-token?)'"
    })
    void aSettingThatThereIsNotIsRefusedWithWhatWasMeant(String setting, String meant) {
        assertThatThrownBy(() -> CommandSettings.load(List.of("--" + setting + "=" + PASSWORD))
                        .close())
                .hasMessageStartingWith(setting)
                .hasMessageContaining(meant)
                .hasMessageNotContaining(PASSWORD)
                .satisfies(failure -> assertThat(StartFailure.of(failure, "./routes")
                                .orElseThrow()
                                .advice())
                        .startsWith("Take " + setting + " out or name it as "));
    }

    @Test
    void aVariableOfTheEnvironmentThatIsNoSettingIsLeftAloneUnlessItIsMisspelt() {
        SettingNames.checkVariables(
                Stream.of("handoff.service.host", "handoff.port.8080.tcp.addr", "handoff.browser.required", "path"));

        assertThatThrownBy(() -> SettingNames.checkVariables(Stream.of("handoff.transfer.taget")))
                .hasMessage("handoff.transfer.taget: there is no such setting, did you mean handoff.transfer.target?");
    }

    @Test
    void aListMayBeOneOfYaml() {
        Map<String, String> list = Map.of("handoff.late.delays[0]", "1s", "handoff.late.delays[1]", "2m");

        assertThat(new Settings(name -> list.getOrDefault(name, name.endsWith("]") ? null : "9s"))
                        .durations("handoff.late.delays"))
                .containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "application-orgs.yaml, 'handoff:\n  orgs:\n    acme: [\n      auth-token: a-secret-of-the-test\n', ', line '",
        "application-orgs.yaml, 'handoff:\n\tauth-token: a-secret-of-the-test\n', ', line 2: '",
        "application-orgs.properties, 'handoff.auth-token=a-secret-of-the-test\\u00\n', ': '"
    })
    void aConfigurationFileThatCannotBeReadIsNamed(String name, String text, String words) throws Exception {
        Files.writeString(dataDir.resolve(name), text);

        assertThatThrownBy(() -> CommandSettings.load(List.of(
                                "--spring.profiles.active=orgs",
                                "--spring.config.additional-location=file:" + dataDir + "/"))
                        .close())
                .hasMessageContaining(dataDir.resolve(name) + words)
                .hasMessageNotContaining(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"channelSid", "flexInteractionSid", "handoffReason", "call_sid", "from", "Sid"})
    void aThreadAttributeThatOthersUseIsNamed(String name) {
        assertThatThrownBy(() -> CommandSettings.load(List.of(
                                "--handoff.orgs.acme.account-sid=AC" + "0".repeat(32),
                                "--handoff.orgs.acme.auth-token=" + PASSWORD,
                                "--handoff.orgs.acme.workspace-sid=WS" + "0".repeat(32),
                                "--handoff.orgs.acme.workflow-sid=WW" + "0".repeat(32),
                                "--handoff.orgs.acme.conversations-service-sid=IS" + "0".repeat(32),
                                "--handoff.orgs.acme.api-keys=" + PASSWORD,
                                "--handoff.orgs.acme.thread-attribute=" + name))
                        .close())
                .hasMessageStartingWith("handoff.orgs.acme.thread-attribute is letters and digits that end with Sid");
    }

    /** Twilio's SDK would send the update without it. */
    @ParameterizedTest
    @CsvSource({
        "'https://ai.example.com/voice?tenant=a|b', 'has at its character 38 what no URL may have there; encoded it is %7C'",
        "'https://ai.example.com/voice?call={callSid}', encoded it is %7B",
        "https://ai.example.com/my voice, encoded it is %20",
        "https://ai.example.com/50%, what no URL may have",
        "https://ai.example.com/#a#b, encoded it is %23",
        "//ai.example.com/voice, must be an absolute URL",
        "'https:///voice', must be an absolute URL"
    })
    void anAddressOfTheAiThatCannotBeSentIsNamed(String address, String words) {
        assertThatThrownBy(() -> CommandSettings.load(withAddress(address)).close())
                .hasMessageStartingWith("handoff.orgs.acme.ai-worker.address ")
                .hasMessageContaining(words)
                .hasMessageNotContaining("ai.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ai.example.com/voice?tenant=a%7Cb&x=1#rc=3",
                "HTTPS://ai:pass@ai.example.com:8443/ünï",
                "https://my_ai.example.com/voice"
            })
    void anAddressOfTheAiIsSentAsItIs(String address) {
        try (CommandRuntime runtime = CommandSettings.load(withAddress(address + "\r"))) {
            assertThat(runtime.org("acme").aiWorker().address()).isEqualTo(address);
            assertThat(Promoter.uriFromString(address)).hasToString(address);
        }
    }

    private static List<String> withAddress(String address) {
        return List.of(
                "--handoff.orgs.acme.account-sid=AC" + "0".repeat(32),
                "--handoff.orgs.acme.auth-token=" + PASSWORD,
                "--handoff.orgs.acme.workspace-sid=WS" + "0".repeat(32),
                "--handoff.orgs.acme.workflow-sid=WW" + "0".repeat(32),
                "--handoff.orgs.acme.conversations-service-sid=IS" + "0".repeat(32),
                "--handoff.orgs.acme.api-keys=" + PASSWORD,
                "--handoff.orgs.acme.ai-worker.sid=WK" + "0".repeat(32),
                "--handoff.orgs.acme.ai-worker.address=" + address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-sid", "auth-token", "api-keys", "webhook-token", "ai-worker.sid"})
    void aSecretThatIsNotThereIsNamed(String field) {
        List<String> settings = new ArrayList<>(List.of(
                "--handoff.orgs.acme.account-sid=AC" + "0".repeat(32),
                "--handoff.orgs.acme.auth-token=" + PASSWORD,
                "--handoff.orgs.acme.workspace-sid=WS" + "0".repeat(32),
                "--handoff.orgs.acme.workflow-sid=WW" + "0".repeat(32),
                "--handoff.orgs.acme.conversations-service-sid=IS" + "0".repeat(32),
                "--handoff.orgs.acme.api-keys=" + PASSWORD,
                "--handoff.orgs.acme.webhook-token=" + PASSWORD,
                "--handoff.orgs.acme.ai-worker.sid=WK" + "0".repeat(32)));
        settings.removeIf(setting -> setting.contains(field));
        settings.add("--handoff.orgs.acme." + field + "=${ACME_SECRET}");

        assertThatThrownBy(() -> CommandSettings.load(settings).close())
                .hasMessage("handoff.orgs.acme." + field
                        + " refers to ACME_SECRET, which no environment variable and no file sets");
    }

    /** What a file with Windows line ends, a careless paste or an editor leaves around a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"%s\r", "%s\r\n\r\n", "  %s\t", "\uFEFF%s", "%s\u00A0", "\u200B%s \n"})
    void whatNobodySeesAroundATokenIsNoPartOfIt(String file) throws Exception {
        Path mounted = Files.createDirectories(dataDir.resolve("mounted"));
        Path properties = dataDir.resolve("windows.properties");
        Files.writeString(mounted.resolve("ACME_AUTH_TOKEN"), file.formatted(PASSWORD));
        Files.writeString(mounted.resolve("ACME_API_KEYS"), file.formatted("key-of-one , key-of-two"));
        Files.writeString(mounted.resolve("handoff.orgs.acme.webhook-token"), file.formatted("hook"));
        Files.writeString(mounted.resolve("handoff.orgs.acme.signing-keys.WK_2026"), file.formatted("signs"));
        Files.writeString(properties, """
                handoff.orgs.acme.account-sid=AC%1$s  \r
                handoff.orgs.acme.workspace-sid=WS%1$s\t\r
                handoff.orgs.acme.workflow-sid=WW%1$s \r
                handoff.orgs.acme.conversations-service-sid=IS%1$s \r
                handoff.orgs.acme.auth-token=${ACME_AUTH_TOKEN} \r
                handoff.orgs.acme.api-keys=${ACME_API_KEYS} \r
                """.formatted("0".repeat(32)));

        try (CommandRuntime runtime = CommandSettings.load(
                List.of("--spring.config.import=configtree:" + mounted + "/,file:" + properties))) {
            Org acme = runtime.org("acme");
            assertThat(acme.authToken()).isEqualTo(PASSWORD);
            assertThat(acme.apiKeys()).containsExactly("key-of-one", "key-of-two");
            assertThat(acme.webhookToken()).isEqualTo("hook");
            assertThat(acme.access().signingKey("WK-2026")).contains("signs");
            assertThat(acme.accountSid()).isEqualTo("AC" + "0".repeat(32));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auth-token, two words",
        "api-keys, 'one\nanother'",
        "webhook-token, 'line\r\nend'",
        "webhook-token, a\u200Bb"
    })
    void aTokenWithWhiteSpaceInsideIsRefusedByName(String field, String value) {
        Org org = SandboxOrg.of(SandboxAccount.demo(), field.equals("api-keys") ? value : "key");
        Org changed = new Org(
                null,
                org.accountSid(),
                field.equals("auth-token") ? value : org.authToken(),
                org.workspaceSid(),
                org.workflowSid(),
                org.conversationsServiceSid(),
                null,
                null,
                org.apiKeys(),
                field.equals("webhook-token") ? value : null,
                null,
                null);

        assertThatThrownBy(() -> start(Map.of(), Map.of("acme-eu", changed)))
                .hasMessageStartingWith("handoff.orgs.acme-eu." + field + " has white space")
                .hasMessageNotContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n\r\n"})
    void theEndOfALineIsNoPartOfAPassword(String end) throws Exception {
        String url = "jdbc:h2:file:" + dataDir.resolve("elsewhere").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        start(ledger(url, "operator", "my password")).close();

        start(ledger(url, "operator" + end, "\uFEFFmy password" + end)).close();

        assertThatThrownBy(() -> start(ledger(url, "operator", "your password")))
                .hasMessageContaining("ledger");
    }

    private static Map<String, String> ledger(String url, String user, String password) {
        return Map.of("handoff.ledger.url", url, "handoff.ledger.user", user, "handoff.ledger.password", password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.password", "broker.password", "ledger.user", "broker.user"})
    void aPasswordThatEndsWithABlankIsRefusedByName(String setting) {
        for (String value : List.of(PASSWORD + " ", PASSWORD + "\t\r\n", "\u00A0" + PASSWORD)) {
            assertNamed("handoff." + setting, () -> start(Map.of(
                            "handoff.ledger.url",
                            "jdbc:h2:mem:blank",
                            "handoff.broker.url",
                            "tcp://localhost:1",
                            "handoff." + setting,
                            value))
                    .close());
        }
    }

    @Test
    void aRouteFileThatCannotBeReadIsNamedWithItsLine() throws Exception {
        Path routes = Files.createDirectories(dataDir.resolve("routes"));
        Files.writeString(routes.resolve("crm.camel.yaml"), """
                - route:
                    from:
                      uri: direct:crm
                      steps:
                        - lgo: hello
                """);

        assertNamed("handoff.routes-dir", () -> {
            try (HandoffRuntime runtime = start(Map.of("handoff.routes-dir", routes.toString()))) {
                runtime.configure(new DefaultCamelContext());
            }
        });
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWithoutCredentials() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "jdbc:postgresql://localhost:" + port + "/handoff";

        assertRefused(address + "?password=" + PASSWORD, address, "refused");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:nothing://localhost/handoff?password=a-secret-of-the-test, jdbc:nothing://localhost/handoff",
        "localhost/handoff?password=a-secret-of-the-test, localhost/handoff",
        "jdbc:h2:relative;PASSWORD=a-secret-of-the-test, jdbc:h2:relative"
    })
    void aUrlThatIsNoneIsNamedWithoutCredentials(String url, String shown) {
        assertRefused(url, shown, "");
    }

    @Test
    void credentialsBeforeTheHostAreRefusedBeforeADriverSeesThem() {
        assertThatThrownBy(() -> start(
                        Map.of("handoff.ledger.url", "jdbc:postgresql://handoff:" + PASSWORD + "@localhost/handoff")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handoff.ledger.url must not have credentials")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aRetentionThatALiveCallOutlastsIsRefused() {
        assertThatThrownBy(() -> new Ledger(Duration.ofHours(3), Duration.ofSeconds(7), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handoff.ledger.retention must be at least 1d");
    }

    private void assertRefused(String url, String shown, String cause) {
        assertThatThrownBy(() -> start(Map.of(
                        "handoff.ledger.url", url,
                        "handoff.ledger.user", "handoff",
                        "handoff.ledger.password", PASSWORD)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("handoff.ledger.url: the ledger at " + shown + " cannot be opened: ")
                .hasMessageContaining(cause)
                .satisfies(failure -> {
                    StringWriter trace = new StringWriter();
                    failure.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(PASSWORD);
                });
    }

    /** The report of a failed start, as Spring Boot makes it of whatever is around the failure. */
    private static void assertNamed(String setting, ThrowingCallable start) {
        Throwable failure = catchThrowable(start);
        assertThat(failure).isNotNull();

        StartFailure report = StartFailure.of(new IllegalStateException("a bean", failure), "./routes")
                .orElseThrow();
        assertThat(report.setting()).isEqualTo(setting);
        assertThat(report.words()).startsWith(setting).doesNotContain(PASSWORD);
    }

    private HandoffRuntime start(Map<String, String> changed) throws Exception {
        return start(changed, Map.of());
    }

    private HandoffRuntime start(Map<String, String> changed, Map<String, Org> orgs) throws Exception {
        Properties properties = Defaults.load();
        properties.setProperty("handoff.data-dir", dataDir.toString());
        changed.forEach(properties::setProperty);
        return new HandoffRuntime(new Settings(properties::getProperty), orgs);
    }
}
