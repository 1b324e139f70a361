package io.flexhandoff.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.events.v1.Sink;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * Connect as the running application carries it out: over the API, in Hawtio, and for a command, which does not reach the sandbox itself. The
 * sandbox's account has been pointed at the application, without retries.
 */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(properties = "camel.main.name=connect-console")
class RunningConnectTest {

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext camel;

    private final StringWriter out = new StringWriter();
    private ApiClient api;

    @BeforeEach
    void client() {
        api = new ApiClient(runtime.port(), "demo", "demo-key");
        Workspace.updater(SandboxAccount.demo().workspaceSid())
                .setEventCallbackUrl("http://localhost:" + runtime.port() + "/webhooks/demo/demo")
                .update(runtime.twilio().forOrg("demo"));
    }

    @Test
    void plansAppliesAndRollsBack() throws Exception {
        JsonNode plan = api.read("/connect");
        assertThat(plan.path("applied").booleanValue()).isFalse();
        assertThat(plan.path("changes")).hasSize(1);
        assertThat(plan.at("/changes/0/resource").textValue()).isEqualTo("TaskRouter webhook");
        assertThat(plan.at("/changes/0/to").textValue()).contains("/webhooks/demo/***#rc=3&rp=all");

        assertThat(ok(api.post("/connect", "")).path("applied").booleanValue()).isTrue();
        assertThat(api.read("/connect").path("changes")).isEmpty();

        JsonNode back = ok(api.delete("/connect"));
        assertThat(back.at("/changes/0/change").textValue()).isEqualTo("restore");
        assertThat(api.read("/connect")).isEqualTo(plan);

        HttpResponse<String> wrong = api.post("/connect?replace=perhaps", "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(ApiClient.tree(wrong.body()).path("detail").textValue()).isEqualTo("replace: must be true or false");
    }

    /** By the API, by a command that asks it, and in Hawtio: each sees what another has done. */
    @Test
    void eventsComeByAStreamWhoeverAsksForIt() throws Exception {
        Workspace.updater(SandboxAccount.demo().workspaceSid())
                .setEventCallbackUrl("https://crm.example.com/hook")
                .update(runtime.twilio().forOrg("demo"));
        JsonNode plan = api.read("/connect?events=stream");
        assertThat(plan.path("changes")).hasSize(1);
        assertThat(plan.at("/changes/0/resource").textValue()).isEqualTo("Event Streams");
        assertThat(plan.at("/changes/0/change").textValue()).isEqualTo("create");
        assertThat(sinks()).isEmpty();

        JsonNode applied = ok(api.post("/connect?events=stream", ""));
        assertThat(applied.path("applied").booleanValue()).isTrue();
        assertThat(sinks()).containsExactly("http://localhost:" + runtime.port() + "/webhooks/demo/demo/events");
        assertThat(command("connect", "demo", "--apply", "--events=stream")).isZero();
        assertThat(out.toString()).startsWith("Nothing to change");
        assertThat(operate("planEvents", "demo", "stream")).asString().contains("changes=[]");
        assertThat(command("connect", "demo", "--plan", "--events=callback")).isEqualTo(1);
        assertThat(out.toString())
                .contains("TaskRouter webhook", "crm.example.com stands there and would be displaced");

        assertThat(command("connect", "demo", "--rollback")).isZero();
        assertThat(sinks()).isEmpty();
        assertThat(operate("applyEvents", "demo", false, "stream")).asString().contains("applied=true");
        assertThat(sinks()).hasSize(1);
        assertThat(ok(api.delete("/connect")).at("/changes/0/resource").textValue())
                .isEqualTo("Event Streams");
        assertThat(sinks()).isEmpty();
        assertThat(Workspace.fetcher(SandboxAccount.demo().workspaceSid())
                        .fetch(runtime.twilio().forOrg("demo"))
                        .getEventCallbackUrl())
                .hasToString("https://crm.example.com/hook");
    }

    @Test
    void anotherWayThanThoseTwoIsRefused() {
        assertThat(api.get("/connect?events=kinesis").statusCode()).isEqualTo(400);
        HttpResponse<String> wrong = api.post("/connect?events=kinesis", "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(ApiClient.tree(wrong.body()).path("detail").textValue())
                .isEqualTo("events: must be callback or stream");
        assertThatThrownBy(() -> operate("planEvents", "demo", "kinesis"))
                .rootCause()
                .hasMessage("events: must be callback or stream");
    }

    private List<String> sinks() {
        return StreamSupport.stream(
                        Sink.reader().read(runtime.twilio().forOrg("demo")).spliterator(), false)
                .map(sink -> ((Map<?, ?>) sink.getSinkConfiguration())
                        .get("destination")
                        .toString())
                .toList();
    }

    @Test
    void whileTwilioIsDownItIsAProblemAndOneLineOfTheLog() {
        Sandbox sandbox = runtime.sandbox().orElseThrow();
        sandbox.faults().add(Fault.answer(503).product("taskrouter"));
        try (LogWatch log = new LogWatch()) {
            HttpResponse<String> answer = api.post("/connect", "");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(ApiClient.tree(answer.body()).path("detail").textValue()).startsWith("Twilio does not answer: ");
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("apply-connect-plan"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("Answered 503 in apply-connect-plan: Twilio does not answer: GET ");
        } finally {
            sandbox.faults().clear();
        }
    }

    @Test
    void aCommandAsksTheApplication() throws Exception {
        assertThat(command("connect", "demo", "--plan")).isZero();
        assertThat(out).hasToString("""
                demo, account %1$s

                  ~  TaskRouter webhook  update  http://localhost:%2$d/webhooks/demo/***, all events -> http://localhost:%2$d/webhooks/demo/***#rc=3&rp=all, all events

                1 change to make, none was made. Make them: connect demo --apply
                """.formatted(SandboxAccount.demo().accountSid(), runtime.port()));

        assertThat(command("connect", "demo", "--apply")).isZero();
        assertThat(out.toString()).endsWith("Made 1 change: demo is connected.\n");
        assertThat(command("connect", "demo", "--rollback")).isZero();
        assertThat(out.toString()).endsWith("What stood there before is restored.\n");
    }

    private int command(String... args) throws Exception {
        Properties settings = Defaults.load();
        settings.setProperty("handoff.http.port", String.valueOf(runtime.port()));
        out.getBuffer().setLength(0);
        return Commands.run(
                new Commands.Loading(
                        ignored -> new CommandRuntime(new Settings(settings::getProperty), Map.of()), null, null),
                new PrintWriter(out, true),
                new PrintWriter(System.err, true),
                args);
    }

    @Test
    void operatorsPlanInHawtio() throws Exception {
        Object plan = operate("plan", "demo");

        assertThat(plan).isInstanceOf(Map.class).asString().contains("TaskRouter webhook", "/webhooks/demo/***");
    }

    private Object operate(String operation, Object... parameters) throws Exception {
        String[] signature = Stream.of(parameters)
                .map(parameter -> parameter instanceof Boolean ? boolean.class.getName() : String.class.getName())
                .toArray(String[]::new);
        return ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("org.apache.camel:context=" + camel.getManagementName()
                                + ",type=services,name=Connect"),
                        operation,
                        parameters,
                        signature);
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ApiClient.tree(response.body());
    }
}
