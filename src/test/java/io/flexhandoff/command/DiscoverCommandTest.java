package io.flexhandoff.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.spring.CommandSettings;
import io.flexhandoff.support.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code connect --discover}: from an account and its key to settings that connect and the application take. */
class DiscoverCommandTest {

    private static final String OTHER = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private final SandboxAccount account = SandboxAccount.demo();
    private final SandboxTwilio twilio = new SandboxTwilio();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Deque<String> answers;
    private Path file;

    @BeforeEach
    void configure() {
        file = folder.resolve("config/application-orgs.yaml");
        settings.putAll(Map.of(
                "handoff.twilio.base-url", twilio.server().twilioUrl(),
                "handoff.twilio.connect-timeout", "2s",
                "handoff.twilio.read-timeout", "5s",
                "handoff.twilio.max-connections", "8",
                "handoff.twilio.breaker-wait", "5s",
                "ACME_AUTH_TOKEN", account.authToken()));
    }

    @AfterEach
    void close() throws IOException {
        twilio.close();
    }

    @Test
    void whatIsGivenIsNotAskedForAndIsAllThatConnectNeeds() throws IOException {
        answers = new ArrayDeque<>();
        Path secrets = folder.resolve("secrets");
        Files.createDirectories(secrets);
        Files.writeString(secrets.resolve("auth-token"), account.authToken() + "\n");

        assertThat(discover(
                        "--workspace", account.workspaceSid(),
                        "--workflow", account.workflowSid(),
                        "--human-queue", account.humanQueueSid(),
                        "--ai-queue", account.aiQueueSid(),
                        "--service", account.conversationsServiceSid(),
                        "--secrets-dir", secrets.toString()))
                .as(err.toString())
                .isZero();

        assertThat(asked).isEmpty();
        assertThat(out.toString())
                .contains(
                        "acme, account " + account.accountSid(),
                        "workflow-sid               Support (" + account.workflowSid() + ")",
                        "ai-worker.sid              AI Support Agent (" + account.aiWorkerSid()
                                + ")      the only worker of that queue",
                        "Written to " + file,
                        "export SPRING_PROFILES_ACTIVE=orgs",
                        "connect acme --apply");
        String written = Files.readString(file);
        String key = Files.readString(secrets.resolve("events-key")).strip();
        assertThat(key).matches("[0-9a-f]{48}");
        assertThat(written + out).doesNotContain(account.authToken(), key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve("webhook-token"))))
                .isEqualTo("rw-------");

        assertThat(configured("connect", "acme", "--apply")).as(err.toString()).isZero();
        assertThat(out.toString()).endsWith("Made 2 changes: acme is connected.\n");
        assertThat(configured("validate", "--json")).as(out.toString()).isZero();
        assertThat(ApiClient.tree(out.toString()).at("/orgs/0").textValue()).isEqualTo("acme");
    }

    @Test
    void aPersonIsAskedForWhatIsNotGivenAndChoosesAmongSeveral() throws IOException {
        settings.remove("ACME_AUTH_TOKEN");
        Workspace.creator("Another one").create(twilio.sdk());
        twilio.server().sandbox().faults().add(Fault.answer(403).product("flex-api"));
        answers = new ArrayDeque<>(List.of(
                account.accountSid(), account.authToken(), "https://handoff.example.org", "0", "one", "1", "2", ""));

        assertThat(run("connect", "acme", "--discover", "--file", file.toString()))
                .as(err.toString())
                .isZero();

        assertThat(asked)
                .containsExactly(
                        "SID of the Twilio account (AC...): ",
                        "The auth token (not shown): ",
                        "Address under which Twilio will reach the application (https://...): ",
                        "Which one? ",
                        "Which one? ",
                        "Which one? ",
                        "Which one? ",
                        "Which one? ");
        assertThat(err.toString())
                .contains("  1  Flex Handoff sandbox (" + account.workspaceSid() + ")", "  2  Another one (WS")
                .contains("  2  Human Support (" + account.humanQueueSid() + ")", "  0  none");
        assertThat(Files.readString(file)).isEqualTo("""
                # Written by connect. Secrets do not belong here.
                handoff:
                  public-url: https://handoff.example.org
                  orgs:
                    acme:
                      account-sid: %s
                      auth-token: ${ACME_AUTH_TOKEN}
                      workspace-sid: %s   # Flex Handoff sandbox
                      workflow-sid: %s   # Support
                      human-queue-sid: %s   # Human Support
                      conversations-service-sid: %s   # Flex Handoff sandbox
                      api-keys:
                        events: ${ACME_EVENTS_KEY}
                        operate: ${ACME_OPERATOR_KEY}
                      webhook-token: ${ACME_WEBHOOK_TOKEN}
                """.formatted(
                        account.accountSid(),
                        account.workspaceSid(),
                        account.workflowSid(),
                        account.humanQueueSid(),
                        account.conversationsServiceSid()));
        assertThat(out.toString())
                .contains(
                        "export ACME_AUTH_TOKEN=...",
                        "export ACME_EVENTS_KEY=$(openssl rand -hex 24)",
                        "export ACME_WEBHOOK_TOKEN=$(openssl rand -hex 24)")
                .doesNotContain(account.authToken());
    }

    @Test
    void withoutATerminalAllThatIsMissingIsNamed() {
        settings.remove("ACME_AUTH_TOKEN");
        assertThat(run("connect", "acme", "--discover", "--file", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--account is not given, and there is no terminal to ask at",
                        "ACME_AUTH_TOKEN is not set: export the auth token",
                        "--public-url is not given",
                        "Nothing was written.");

        settings.put("ACME_AUTH_TOKEN", account.authToken());
        Workspace.creator("Another one").create(twilio.sdk());
        twilio.server().sandbox().faults().add(Fault.answer(403).product("flex-api"));
        assertThat(run("connect", "acme", "--discover", "--account", account.accountSid(), "--file", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "--public-url is not given",
                        "--workspace: there are several, name one: Flex Handoff sandbox (" + account.workspaceSid()
                                + "), Another one (WS");
        assertThat(file).doesNotExist();
    }

    @Test
    void everyWrongSidIsToldAtOnceWithThoseThatThereAre() {
        assertThat(discover(
                        "--workspace", "WS" + OTHER,
                        "--workflow", "WW" + OTHER,
                        "--human-queue", account.humanQueueSid(),
                        "--ai-queue", account.humanQueueSid(),
                        "--service", "IS" + OTHER))
                .isEqualTo(1);

        assertThat(err).hasToString("""
                --workspace: there is no workspace WS%1$s; there are: Flex Handoff sandbox (%2$s)
                --workflow: there is no workflow WW%1$s; there are: Support (%3$s)
                --ai-queue: Human Support (%4$s) is the reps' queue too; name another, or none
                --service: there is no Conversations service IS%1$s; there are: Flex Handoff sandbox (%5$s)
                Nothing was written.
                """.formatted(
                        OTHER,
                        account.workspaceSid(),
                        account.workflowSid(),
                        account.humanQueueSid(),
                        account.conversationsServiceSid()));
        assertThat(file).doesNotExist();
    }

    @Test
    void anAccountWithoutAWorkspaceAndOneThatTwilioDoesNotKnow() {
        settings.put("ACME_AUTH_TOKEN", "not-the-token");
        assertThat(discover()).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "Twilio refuses the auth token for account " + account.accountSid(),
                        "(20003)",
                        "Nothing was written.")
                .doesNotContain("not-the-token");

        settings.put("ACME_AUTH_TOKEN", account.authToken());
        Workspace.deleter(account.workspaceSid()).delete(twilio.sdk());
        assertThat(discover()).isEqualTo(1);
        assertThat(err.toString()).contains("--workspace: the account has no workspace at all");

        twilio.server().close();
        assertThat(discover()).isEqualTo(2);
        assertThat(err.toString()).contains("Twilio does not answer: GET https://flex-api.twilio.com/");
    }

    @Test
    void aRestrictedKeyThatMayNotListTakesWhatIsNamed() throws IOException {
        String key = "SK" + OTHER;
        settings.remove("ACME_AUTH_TOKEN");
        assertThat(discover("--api-key", key)).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "ACME_API_KEY_SECRET is not set: export the secret of " + key,
                        "--signing-key: without the auth token");
        settings.putAll(Map.of("ACME_API_KEY_SECRET", "of-the-key-9d1", "ACME_SIGNING_KEY", "signing-secret"));
        twilio.server().sandbox().logins().allow(account.accountSid(), key, "of-the-key-9d1");
        for (String product : List.of("taskrouter", "conversations", "flex-api")) {
            twilio.server().sandbox().faults().add(Fault.answer(403).code(70051).product(product));
        }

        assertThat(discover("--api-key", key)).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "--signing-key: without the auth token",
                        "--workspace: API key " + key + " may not list what there is",
                        "(70051)",
                        "--service: API key");

        assertThat(discover(
                        "--api-key", key,
                        "--signing-key", "key-2026",
                        "--workspace", account.workspaceSid(),
                        "--workflow", account.workflowSid(),
                        "--human-queue", account.humanQueueSid(),
                        "--service", account.conversationsServiceSid()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("as given, not looked at: API key " + key + " may not");
        assertThat(Files.readString(file))
                .contains("api-key-sid: " + key, "key-2026: ${ACME_SIGNING_KEY}")
                .doesNotContain("auth-token", "of-the-key-9d1", "signing-secret");
    }

    @Test
    void anOrgIsAddedToAFileThatIsThereAndNothingElseInItChanges() throws IOException {
        Files.createDirectories(file.getParent());
        String before = """
                # ours
                handoff:
                  public-url: https://handoff.example.org   # the proxy's
                  orgs:
                    # the first customer
                    globex:
                      account-sid: ${GLOBEX_ACCOUNT_SID}
                  late:
                    window: 2s
                """;
        Files.writeString(file, before);

        assertThat(add()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Added to " + file + ", beside globex.");
        String after = Files.readString(file);
        assertThat(after).contains("    # the first customer\n    acme:\n      account-sid: " + account.accountSid());
        assertThat(after.replaceFirst("(?s)    acme:.*?webhook-token: \\S+\n", ""))
                .isEqualTo(before);

        assertThat(add()).isEqualTo(1);
        assertThat(err.toString()).startsWith(file + " has acme already, and is left as it is.");
        assertThat(file).hasContent(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handoff: {orgs: {globex: {account-sid: AC1}}}\n",
                "handoff:\n  orgs:\n   - globex\n",
                "handoff:\n  orgs: {}\n",
                "a: b\n---\nc: d\n",
                "handoff: [\n"
            })
    void aFileThatNothingCanBeAddedToIsLeftAsItIs(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);

        assertThat(discover("--human-queue", account.humanQueueSid())).isEqualTo(2);

        assertThat(err.toString()).startsWith(file.toString()).contains("left as it is", "--file");
        assertThat(file).hasContent(text);
    }

    @Test
    void asJsonAndWrongUsage() throws IOException {
        settings.put("ACME_EVENTS_KEY", "an-events-key");
        assertThat(discover("--human-queue", account.humanQueueSid(), "--json")).isZero();
        JsonNode found = ApiClient.tree(out.toString());
        assertThat(found.at("/settings/workspace-sid/why").textValue()).isEqualTo("Flex's");
        assertThat(found.at("/settings/workflow-sid/why").textValue()).isEqualTo("the only one");
        assertThat(found.get("unsetVariables"))
                .extracting(JsonNode::textValue)
                .containsExactly("ACME_OPERATOR_KEY", "ACME_WEBHOOK_TOKEN");

        Files.delete(file);
        assertThat(run("connect", "acme", "--plan", "--workspace", "WS" + OTHER))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("The options of --discover go with it alone");
        assertThat(run("connect", "Acme", "--discover")).isEqualTo(2);
        assertThat(err.toString()).contains("Acme is no name of an org");
        assertThat(discover("--region", "ie1")).isEqualTo(2);
        assertThat(err.toString()).contains("edge is missing: region and edge are set together");
        assertThat(discover("--public-url", "handoff.example.org")).isEqualTo(1);
        assertThat(err.toString()).contains("--public-url must begin with https:// or http://");
    }

    private int add() {
        return run(
                "connect",
                "acme",
                "--discover",
                "--account",
                account.accountSid(),
                "--human-queue",
                account.humanQueueSid(),
                "--file",
                file.toString());
    }

    private int discover(String... options) {
        Stream<String> more = Arrays.stream(options);
        Stream<String> url = Arrays.asList(options).contains("--public-url")
                ? Stream.of()
                : Stream.of("--public-url=https://h.example.org");
        return run(Stream.of(
                        Stream.of("connect", "acme", "--discover", "--account", account.accountSid()),
                        Stream.of("--file", file.toString()),
                        url,
                        more)
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private int run(String... args) {
        clear();
        Terminal terminal = answers == null
                ? null
                : new Terminal() {
                    @Override
                    public Optional<String> ask(String question) {
                        asked.add(question);
                        return Optional.ofNullable(answers.poll());
                    }

                    @Override
                    public Optional<String> askSecretly(String question) {
                        return ask(question);
                    }
                };
        return Commands.run(
                new Commands.Loading(null, unused -> new Settings(settings::get), terminal),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }

    /** As the application reads what was written. */
    private int configured(String... args) {
        clear();
        return Commands.run(
                new Commands.Loading(CommandSettings::load, CommandSettings::settings, null),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.concat(
                                Arrays.stream(args),
                                Stream.of(
                                        "--spring.config.additional-location=file:" + file.getParent() + "/",
                                        "--spring.profiles.active=orgs",
                                        "--handoff.data-dir=" + folder.resolve("data"),
                                        "--handoff.twilio.base-url="
                                                + twilio.server().twilioUrl()))
                        .toArray(String[]::new));
    }

    private void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }
}
