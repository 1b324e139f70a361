package io.flexhandoff.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioAccess;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TwilioPost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The checkup as a person calls it for, on the command line, over the API and in Hawtio. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=checkup",
            "handoff.sandbox.enabled=true",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=acme-token-8f3a",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-queue-sid=WQ00000000000000000000000000000011",
            "handoff.orgs.acme.human-queue-sid=WQ00000000000000000000000000000012",
            "handoff.orgs.acme.ai-worker.sid=WK00000000000000000000000000000011",
            "handoff.orgs.acme.api-keys=acme-key",
            "handoff.orgs.acme.webhook-token=acme-webhook",
            "handoff.orgs.acme.signing-keys.WK2026=acme-signing-key-5e1c",
            "handoff.orgs.globex.account-sid=AC00000000000000000000000000000002",
            "handoff.orgs.globex.auth-token=globex-token-2b7c",
            "handoff.orgs.globex.workspace-sid=WS00000000000000000000000000000002",
            "handoff.orgs.globex.workflow-sid=WW00000000000000000000000000000002",
            "handoff.orgs.globex.conversations-service-sid=IS00000000000000000000000000000002",
            "handoff.orgs.globex.api-keys=globex-key",
            "handoff.orgs.globex.webhook-token=globex-webhook"
        })
class CheckupCommandTest {

    private static final Org ACME = new Org(
            null,
            "AC00000000000000000000000000000001",
            "acme-token-8f3a",
            "WS00000000000000000000000000000001",
            "WW00000000000000000000000000000001",
            "IS00000000000000000000000000000001",
            "WQ00000000000000000000000000000011",
            "WQ00000000000000000000000000000012",
            List.of("acme-key"),
            "acme-webhook",
            new AiWorker("WK00000000000000000000000000000011", null, null),
            null,
            new TwilioAccess(Map.of("WK2026", "acme-signing-key-5e1c"), null, null, null),
            null,
            null);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private String configuration;

    @BeforeEach
    void connect() {
        context.getRegistry().lookupByNameAndType("connect", Connect.class).apply("acme", false);
        configuration = Workflow.fetcher(ACME.workspaceSid(), ACME.workflowSid())
                .fetch(runtime.twilio().forOrg("acme"))
                .getConfiguration();
    }

    @AfterEach
    void heal() {
        runtime.sandbox().orElseThrow().faults().clear();
        workflow(configuration);
    }

    @Test
    void aHealthyOrg() {
        assertThat(run(beside(), "checkup", "acme")).as(out + "" + err).isZero();

        assertThat(out).hasToString("""
                Checkup of acme

                  ok  credentials            Account 'Flex Handoff sandbox' (AC00000000000000000000000000000001)
                                                opens
                  ok  permissions            The auth token may do everything
                  ok  workspace              Workspace 'Flex Handoff sandbox'
                  ok  workflow               Workflow 'Support', 2 filters
                  ok  conversations-service  Conversations service 'Flex Handoff sandbox'
                  ok  flex-service           Flex uses this Conversations service: reps can read the thread
                  ok  public-url             http://localhost:%1$d leads here
                  ok  taskrouter-webhook     TaskRouter sends its events here
                  ok  conversations-webhook  The Conversations service sends its events here
                  ok  ai-worker              Worker 'AI Support Agent' is Available
                  ok  handed-off-filter      Handed-off calls have the filter 'Handed off by the AI' (handedOff
                                                == true)
                  ok  filter-order           It stands before the filter of the AI
                  ok  handed-off-queue       Handed-off calls go to 'Human Support': 1 worker, 1 available now
                  ok  default-filter         What no filter matches goes to 'Human Support'
                  ok  filter-expressions     Every expression can match
                  ok  wait-queue             0 of at most 100 callers wait
                  ok  rejected-requests      None since the start
                  ok  sample-call            A handed-off call goes to Human Support (1 worker, 1 available now)
                                                by filter 'Handed off by the AI'
                                             1. Handed off by the AI: handedOff == true is true, since handedOff
                                                is true -> Human Support
                                             2. AI first: direction == 'inbound' is true, since direction is
                                                'inbound'
                                             default filter -> Human Support
                  ok  call-kinds             The filters tell no kinds of handed-off calls apart
                                             every kind -> Human Support

                Healthy: 19 ok, 0 warnings, 0 failed, 0 not looked at.
                """.formatted(runtime.port()));
        assertThat(err).hasToString("");
    }

    @Test
    void anOrgWithTheFilterAtTheWrongPlace() {
        JsonNode routing = ApiClient.tree(configuration);
        String reversed = "{\"task_routing\":{\"filters\":[%s,%s],\"default_filter\":%s}}"
                .formatted(
                        routing.at("/task_routing/filters/1"),
                        routing.at("/task_routing/filters/0"),
                        routing.at("/task_routing/default_filter"));
        workflow(reversed);

        assertThat(run(beside(), "checkup", "acme")).isEqualTo(1);

        assertThat(out.toString()).contains("""
                  FAIL  filter-order           Handed-off calls go back to the AI, by the filter 'AI first'
                                                  (direction == 'inbound')
                                               Cause: TaskRouter takes the first filter that matches, and the one
                                                      for handed-off calls comes after it
                                               Fix:   Drag the filter 'Handed off by the AI' (handedOff == true)
                                                      above it in Flex Console > TaskRouter > Workspaces > Flex
                                                      Handoff sandbox > Workflows > Support; or let it be done:
                                                      connect acme --apply
                """, "\nNot healthy: 16 ok, 0 warnings, 3 failed, 0 not looked at.\n");
    }

    @Test
    void whenTwilioIsDownItCouldNotTell() {
        runtime.sandbox().orElseThrow().faults().add(Fault.answer(503));

        assertThat(run(beside(), "checkup", "acme")).isEqualTo(2);

        assertThat(out.toString())
                .containsPattern("-- +credentials +Could not tell: GET")
                .contains("\nCould not tell: ");
    }

    /** The application stands still, or is on another machine: the command asks Twilio itself. */
    @Test
    void withoutTheApplicationOnThisMachine() throws IOException {
        Map<String, String> settings = Map.of(
                "handoff.http.port",
                "1",
                "handoff.twilio.base-url",
                "http://localhost:" + runtime.port() + "/sandbox/twilio",
                "handoff.public-url",
                "http://localhost:" + runtime.port());

        assertThat(run(settings, "checkup", "acme", "--json"))
                .as(out + "" + err)
                .isZero();

        JsonNode report = ApiClient.tree(out.toString());
        assertThat(report.get("org").textValue()).isEqualTo("acme");
        assertThat(report.get("healthy").booleanValue()).isTrue();
        assertThat(report.get("checks")).hasSize(19).allSatisfy(check -> assertThat(
                        check.get("status").textValue())
                .isEqualTo(check.get("name").textValue().equals("rejected-requests") ? "skipped" : "ok"));
    }

    @Test
    void anOrgThatIsNotConfigured() {
        assertThat(run(beside(), "checkup", "initech")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no org initech; configured: acme");
    }

    @Test
    void aRecordForASupportRequest(@TempDir Path folder) throws IOException {
        JsonNode filters = ApiClient.tree(configuration);
        workflow(configuration.replace("direction == 'inbound'", "direction == 'inbound' AND caller != '+15550123'"));
        Path file = folder.resolve("checkup.json");

        run(beside(), "checkup", "acme", "--record", file.toString());

        String text = Files.readString(file);
        JsonNode record = ApiClient.tree(text);
        assertThat(record.at("/sids/workflow").textValue()).isEqualTo(ACME.workflowSid());
        assertThat(record.at("/versions/java").textValue()).isEqualTo(System.getProperty("java.version"));
        assertThat(record.at("/checks/0/id").textValue()).isEqualTo("R18/credentials");
        assertThat(record.get("checks")).hasSize(19);
        assertThat(text)
                .contains(
                        "caller != '(number)'",
                        filters.at("/task_routing/filters/0/filter_friendly_name")
                                .textValue())
                .doesNotContain("5550", "acme-token-8f3a", "acme-key", "acme-webhook");

        assertThat(run(beside(), "checkup", "acme", "--record", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--record: cannot write to " + folder);
    }

    @Test
    void refusedRequestsAreCountedWithTheirLikelyCause() {
        assertThat(TwilioPost.to(runtime.port(), "/webhooks/globex/globex-webhook", "globex-token-2b7c")
                        .with("AccountSid", "AC00000000000000000000000000000009")
                        .send()
                        .statusCode())
                .isEqualTo(403);

        JsonNode report = new ApiClient(runtime.port(), "globex", "globex-key").read("/checkup");

        assertThat(report.get("healthy").booleanValue()).isTrue();
        assertThat(report.get("checks"))
                .filteredOn(check -> check.get("name").textValue().equals("rejected-requests"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.get("status").textValue()).isEqualTo("warning");
                    assertThat(check.get("found").textValue()).startsWith("1 request was refused since the start");
                    assertThat(check.get("cause").textValue()).contains("set in a sandbox or in another environment");
                });
    }

    @Test
    void inHawtio() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(
                "org.apache.camel:context=" + context.getManagementName() + ",type=services,name=Checkup");

        Object rows = beans.invoke(name, "run", new Object[] {"acme"}, new String[] {String.class.getName()});

        assertThat(rows.toString()).contains("{check=credentials, status=ok, found=Account 'Flex Handoff sandbox'");
        assertThat(beans.getMBeanInfo(name).getOperations()[0].getDescription())
                .contains("Checks the org of this name");
    }

    /** The settings of the application that runs on this machine. */
    private Map<String, String> beside() {
        return Map.of("handoff.http.port", String.valueOf(runtime.port()));
    }

    private int run(Map<String, String> settings, String... args) {
        Properties properties = defaults();
        properties.putAll(settings);
        return Commands.run(
                new Commands.Loading(
                        ignored -> new CommandRuntime(new Settings(properties::getProperty), Map.of("acme", ACME)),
                        null,
                        null),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }

    private static Properties defaults() {
        try {
            return Defaults.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void workflow(String json) {
        Workflow.updater(ACME.workspaceSid(), ACME.workflowSid())
                .setConfiguration(json)
                .update(runtime.twilio().forOrg("acme"));
    }
}
