package io.flexhandoff.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.component.SandboxTwilio;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TemporaryDataDir;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The command as a person at a terminal has it. */
class ConnectCommandTest {

    private static final String TOKEN = "a-webhook-token-of-the-test";

    private final SandboxAccount account = SandboxAccount.demo();
    private final SandboxTwilio twilio = new SandboxTwilio();
    private final Path dataDir = TemporaryDataDir.create();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() throws Exception {
        twilio.close();
    }

    @Test
    void thePlanIsATable() {
        assertThat(run("connect", "acme", "--plan")).isZero();

        assertThat(out).hasToString("""
                acme, account %s

                  +  TaskRouter webhook     set  https://handoff.example.com/webhooks/acme/***#rc=3&rp=all, 9 events
                  +  Conversations webhook  set  https://handoff.example.com/webhooks/acme/***, onMessageAdded onConversationAdded onParticipantAdded

                Note: Set handoff.orgs.acme.ai-worker.sid to %s, the AI worker.

                2 changes to make, none was made. Make them: connect acme --apply
                """.formatted(account.accountSid(), account.aiWorkerSid()));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void applyTwiceAndRollBack() throws Exception {
        assertThat(run("connect", "acme", "--apply")).isZero();
        assertThat(told()).endsWith("Made 2 changes: acme is connected.\n");

        assertThat(run("connect", "acme", "--apply")).isZero();
        assertThat(told()).endsWith("Nothing to change: acme is connected.\n");

        assertThat(run("connect", "acme", "--rollback")).isZero();
        assertThat(told()).endsWith("What stood there before is restored.\n");

        assertThat(run("connect", "acme", "--rollback")).isZero();
        assertThat(told()).isEqualTo("Nothing to restore: connect has changed nothing in the account of acme.\n");
    }

    @Test
    void whatStandsInTheWayIsMarkedAndEndsWithOne() {
        Workspace.updater(account.workspaceSid())
                .setEventCallbackUrl("https://crm.example.com/hook/secret")
                .update(twilio.sdk());

        assertThat(run("connect", "acme", "--plan")).isEqualTo(1);
        assertThat(told())
                .contains(
                        "  !  TaskRouter webhook     replace  https://crm.example.com/..., all events -> https://handoff")
                .contains(
                        "                                     ! the URL of crm.example.com stands there and would be displaced")
                .endsWith("2 changes to make, none was made. Lines marked ! stand in the way.\n");
        assertThat(run("connect", "acme", "--apply")).isEqualTo(1);
        assertThat(err.toString()).contains("crm.example.com").doesNotContain("secret");
        assertThat(run("connect", "acme", "--apply", "--replace")).isZero();
    }

    @Test
    void byAStreamTheCallbackStaysWhoseItIs() throws Exception {
        String theirs = "https://crm.example.com/hook/secret";
        Workspace.updater(account.workspaceSid()).setEventCallbackUrl(theirs).update(twilio.sdk());
        String stream = "https://handoff.example.com/webhooks/acme/" + TOKEN + "/events";

        assertThat(run("connect", "acme", "--plan", "--events=stream")).isZero();
        assertThat(told())
                .contains(
                        "  +  Event Streams          create  https://handoff.example.com/webhooks/acme/***/events, 9 events")
                .doesNotContain("TaskRouter webhook", "crm.example.com", TOKEN)
                .endsWith("Make them: connect acme --apply --events=stream\n");
        assertThat(sinks()).isEmpty();

        assertThat(run("connect", "acme", "--apply", "--events=stream")).isZero();
        assertThat(told()).endsWith("Made 2 changes: acme is connected.\n");
        assertThat(sinks()).containsExactly(stream);
        assertThat(callback()).isEqualTo(theirs);
        assertThat(run("connect", "acme", "--apply", "--events=stream")).isZero();
        assertThat(run("connect", "acme", "--plan")).isZero();
        assertThat(told()).as("which way was chosen is seen").endsWith("Nothing to change: acme is connected.\n");

        assertThat(run("connect", "acme", "--rollback")).isZero();
        assertThat(told()).contains("Event Streams").endsWith("What stood there before is restored.\n");
        assertThat(sinks()).isEmpty();
        assertThat(callback()).isEqualTo(theirs);
    }

    @Test
    void thereAreTwoWaysAndTheyGoWithPlanAndApply() {
        for (String[] wrong : List.of(
                new String[] {"connect", "acme", "--plan", "--events=kinesis"},
                new String[] {"connect", "acme", "--rollback", "--events=stream"})) {
            assertThat(run(wrong)).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(err.toString()).contains("--events=callback and --events=stream go with --plan and --apply");
        }
        assertThat(run("connect", "acme", "--discover", "--events=stream")).isEqualTo(2);
        assertThat(err.toString()).contains("--replace and --events go with --apply");
        assertThat(sinks()).isEmpty();
    }

    private List<String> sinks() {
        return StreamSupport.stream(Sink.reader().read(twilio.sdk()).spliterator(), false)
                .map(sink -> ((Map<?, ?>) sink.getSinkConfiguration())
                        .get("destination")
                        .toString())
                .toList();
    }

    private String callback() {
        return Workspace.fetcher(account.workspaceSid())
                .fetch(twilio.sdk())
                .getEventCallbackUrl()
                .toString();
    }

    @Test
    void jsonIsAloneOnStandardOutput() {
        assertThat(run("connect", "acme", "--plan", "--json")).isZero();

        assertThat(ApiClient.tree(told()).path("changes")).hasSize(2);
        assertThat(ApiClient.tree(told()).path("applied").booleanValue()).isFalse();
        assertThat(complaints()).isEmpty();
    }

    @Test
    void whatItCannotTellEndsWithTwo() {
        assertThat(run("connect", "globex", "--plan")).isEqualTo(2);
        assertThat(complaints()).isEqualTo("There is no org globex; configured: acme\n");

        twilio.server().close();
        assertThat(run("connect", "acme", "--plan")).isEqualTo(2);
        assertThat(err.toString()).contains("Twilio does not answer: GET https://taskrouter.twilio.com/");
        assertThat(out).hasToString("");
    }

    @Test
    void everySettingThatTheAccountDoesNotHaveIsToldAtOnce() {
        String other = "0123456789abcdef0123456789abcdef";
        Org acme = SandboxOrg.of(
                new SandboxAccount(
                        account.accountSid(),
                        account.authToken(),
                        account.workspaceSid(),
                        "WW" + other,
                        "IS" + other,
                        account.aiQueueSid(),
                        "WQ" + other,
                        null),
                "acme-key",
                TOKEN);

        assertThat(run(Map.of("acme", acme), "connect", "acme", "--plan")).isEqualTo(2);

        assertThat(complaints())
                .contains(
                        "handoff.orgs.acme.workflow-sid: there is no workflow WW" + other,
                        "; there are: Support (" + account.workflowSid() + ")",
                        "handoff.orgs.acme.human-queue-sid: there is no task queue WQ" + other,
                        "Human Support (" + account.humanQueueSid() + ")",
                        "handoff.orgs.acme.conversations-service-sid: there is no Conversations service IS" + other)
                .doesNotContain("ai-queue-sid", "workspace-sid");
    }

    @Test
    void wrongUsageEndsWithTwoAndTheUsage() {
        for (String[] wrong : List.of(
                new String[] {"connect"},
                new String[] {"connect", "acme"},
                new String[] {"connect", "acme", "--plan", "--apply"},
                new String[] {"connect", "acme", "--plan", "--replace"},
                new String[] {"connect", "acme", "--plam"},
                new String[] {"--verison"},
                new String[] {"conect", "acme"})) {
            assertThat(run(wrong)).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(err.toString()).contains("Usage: java -jar flex-handoff.jar");
        }
        assertThat(err.toString()).contains("Did you mean: java -jar flex-handoff.jar connect");
        assertThat(Commands.isMeant("connect")).isTrue();
        assertThat(Commands.isMeant("--handoff.http.port=9000")).isFalse();
        assertThat(Commands.isMeant("--handoff.http.port=9000", "--debug")).isFalse();
        assertThat(Commands.isMeant("--handoff.http.port=9000", "checkup")).isTrue();
        assertThat(Commands.isMeant("--version")).isTrue();
        assertThat(Commands.isMeant("--verison")).isTrue();
        assertThat(Commands.isMeant()).isFalse();
    }

    @Test
    void whereTheLedgerIsTakenTheApplicationIsAskedAndItsAbsenceIsTold() throws Exception {
        try (FileChannel lock =
                FileChannel.open(dataDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            assertThat(run("connect", "acme", "--plan")).isZero();
            assertThat(run("connect", "acme", "--apply")).isEqualTo(2);
        }
        assertThat(complaints())
                .startsWith("Another process has the ledger in " + dataDir.toAbsolutePath())
                .contains("no application listens at http://localhost:1");
    }

    @Test
    void withoutAnOrgTheSandboxOfTheApplicationIsMeant() {
        assertThat(run(Map.of(), "connect", "demo", "--plan")).isEqualTo(2);
        assertThat(complaints())
                .startsWith(
                        "No org is configured, so Twilio is the sandbox of the running application, and none listens")
                .contains("java -jar flex-handoff.jar");
        assertThat(run(Map.of(), "connect", "acme", "--plan")).isEqualTo(2);
        assertThat(complaints()).isEqualTo("There is no org acme; configured: demo\n");
    }

    /** As src/docs/connect.md says it: the orgs in a file, the secrets in the environment. */
    @Test
    void runsInAProcessOfItsOwn() throws Exception {
        Path folder = TemporaryDataDir.create();
        Files.createDirectories(folder.resolve("config"));
        Files.copy(Path.of("config/orgs.example.yaml"), folder.resolve("config/application-orgs.yaml"));
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                        "io.flexhandoff.FlexHandoffApplication",
                        "connect",
                        "acme",
                        "--plan",
                        "--json",
                        "--handoff.twilio.base-url=" + twilio.server().twilioUrl())
                .directory(folder.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .redirectOutput(folder.resolve("out.txt").toFile());
        command.environment()
                .putAll(Map.of(
                        "SPRING_PROFILES_ACTIVE", "orgs",
                        "ACME_ACCOUNT_SID", account.accountSid(),
                        "ACME_AUTH_TOKEN", account.authToken(),
                        "ACME_WORKSPACE_SID", account.workspaceSid(),
                        "ACME_WORKFLOW_SID", account.workflowSid(),
                        "ACME_CONVERSATIONS_SERVICE_SID", account.conversationsServiceSid(),
                        "ACME_AI_QUEUE_SID", account.aiQueueSid(),
                        "ACME_HUMAN_QUEUE_SID", account.humanQueueSid(),
                        "ACME_EVENTS_KEY", "acme-key",
                        "ACME_WEBHOOK_TOKEN", TOKEN));
        Process process = command.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();

        String printed = Files.readString(folder.resolve("out.txt"));
        String errors = Files.readString(folder.resolve("err.txt"));
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(errors).isZero();
        assertThat(ApiClient.tree(printed).path("changes")).hasSize(2);
        assertThat(printed + errors).doesNotContain(TOKEN, account.authToken(), "acme-key");
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classPath.split(File.pathSeparator))
                        .map(part -> Path.of(part).toAbsolutePath().toString())
                        .toList());
    }

    /** Standard error without the line that says what a slow machine is doing. */
    private String complaints() {
        return err.toString().replaceAll("Asking Twilio .* \\.\\.\\.\\R", "");
    }

    private String told() {
        return out.toString();
    }

    private int run(String... args) {
        return run(Map.of("acme", SandboxOrg.of(account, "acme-key", TOKEN)), args);
    }

    private int run(Map<String, Org> orgs, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Commands.run(
                new Commands.Loading(settings -> new CommandRuntime(settings(), orgs), null, null),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }

    private Settings settings() {
        try {
            Properties properties = Defaults.load();
            properties.setProperty("handoff.data-dir", dataDir.toString());
            properties.setProperty("handoff.http.port", "1");
            properties.setProperty("handoff.public-url", "https://handoff.example.com/");
            properties.setProperty("handoff.twilio.base-url", twilio.server().twilioUrl());
            return new Settings(properties::getProperty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
