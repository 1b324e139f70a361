package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static io.vertx.core.http.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.TestCall;
import jakarta.jms.JMSContext;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Dead letters as an operator handles them in Hawtio, which calls JMX by way of Jolokia. */
@TwoOrgs
@DisableJmx(false)
@TestPropertySource(properties = "camel.main.name=console")
class DeadLetterConsoleTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @RegisterExtension
    final TestCall call = TestCall.of("acme");

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    @LocalServerPort
    private int managementPort;

    private BrokenTwilio broken;
    private String bean;

    @BeforeEach
    void breakTwilio() {
        broken = new BrokenTwilio(call.sandbox()).refuse(POST, "/Messages");
        bean = "org.apache.camel:context=" + context.getManagementName() + ",type=services,name=DeadLetters";
    }

    @AfterEach
    void leaveNothing() {
        broken.heal();
        value("list")
                .forEach(letter ->
                        call("discard(java.lang.String)", letter.get("id").textValue()));
    }

    @Test
    void everyOperationSaysWhatItDoes() throws Exception {
        MBeanOperationInfo[] operations = ManagementFactory.getPlatformMBeanServer()
                .getMBeanInfo(new ObjectName(bean))
                .getOperations();

        assertThat(Arrays.stream(operations).map(MBeanOperationInfo::getName))
                .containsExactlyInAnyOrder("list", "text", "replay", "replayCall", "discard");
        assertThat(operations)
                .allSatisfy(operation -> assertThat(operation.getDescription()).hasSizeGreaterThan(30));
    }

    @Test
    void listsDeadLettersOfEveryOrgWithoutWhatWasSaid() {
        say("My card was stolen.");

        JsonNode letter = listed(1).get(0);
        assertThat(letter.get("org").textValue()).isEqualTo("acme");
        assertThat(letter.get("callSid").textValue()).isEqualTo(call.sid());
        assertThat(letter.get("kind").textValue()).isEqualTo("segment");
        assertThat(letter.get("attempts").textValue()).isEqualTo("1");
        assertThat(letter.get("cause").textValue()).contains("Broken on purpose");
        assertThat(letter.toString()).doesNotContain("card");
        assertThat(value("text", letter.get("id").textValue()).textValue()).contains("My card was stolen.");
    }

    @Test
    void replaysOne() {
        say("My card was stolen.");
        String id = listed(1).get(0).get("id").textValue();
        broken.heal();

        assertThat(call("replay", id).get("status").intValue()).isEqualTo(200);

        call.appended(1);
        assertThat(value("list")).isEmpty();
        assertThat(call("replay", id).get("error").textValue()).contains("There is no dead letter " + id);
    }

    @Test
    void replaysAllOfACall() {
        say("My card was stolen.", "Are you there?");
        listed(2);
        broken.heal();

        assertThat(value("replayCall", "acme", call.sid()).intValue()).isEqualTo(2);

        call.appended(2);
        assertThat(value("replayCall", "acme", call.sid()).intValue()).isZero();
        assertThat(value("replayCall", "o'hara", call.sid()).intValue()).isZero();
    }

    @Test
    void discardsOne() {
        say("My card was stolen.");
        String id = listed(1).get(0).get("id").textValue();

        assertThat(call("discard", id).get("status").intValue()).isEqualTo(200);

        assertThat(value("list")).isEmpty();
        assertThat(call.transcript("dead")).isEqualTo(1);
        assertThat(call("discard", id).get("error").textValue()).contains("There is no dead letter " + id);
        assertThat(call("text", id).get("error").textValue()).contains("There is no dead letter " + id);
    }

    @Test
    void aMessageThatNobodyCanReadIsShownToTheOperatorOnly() {
        try (JMSContext jms = runtime.broker().producers().createContext()) {
            jms.createProducer().send(jms.createQueue("handoff.events"), "{\"org\":\"acme\", nonsense");
        }

        JsonNode letter = listed(1).get(0);
        assertThat(letter.get("org").isNull()).isTrue();
        assertThat(letter.get("kind").textValue()).isEqualTo("event");
        assertThat(letter.get("cause").textValue()).contains("JsonParseException");
        String id = letter.get("id").textValue();
        assertThat(value("text", id).textValue()).isEqualTo("{\"org\":\"acme\", nonsense");
        assertThat(call.api().read("/dead-letters")).isEmpty();

        call("replay", id);

        await().until(() -> value("list").size() == 1
                && !value("list").get(0).get("id").textValue().equals(id));
        assertThat(call.api().delete("/dead-letters/" + id).statusCode()).isEqualTo(404);
    }

    private void say(String... texts) {
        for (int i = 0; i < texts.length; i++) {
            call.say(segment(i + 1, "caller", texts[i]));
        }
    }

    private JsonNode listed(int size) {
        await().until(() -> value("list").size() == size);
        return value("list");
    }

    private JsonNode value(String operation, Object... arguments) {
        JsonNode answer = call(operation, arguments);
        assertThat(answer.get("status").intValue()).as(answer.toString()).isEqualTo(200);
        return answer.get("value");
    }

    private JsonNode call(String operation, Object... arguments) {
        try {
            String request = JsonMapper.builder()
                    .build()
                    .writeValueAsString(
                            Map.of("type", "exec", "mbean", bean, "operation", operation, "arguments", arguments));
            return ApiClient.tree(http.send(
                            HttpRequest.newBuilder(
                                            URI.create("http://localhost:" + managementPort + "/actuator/jolokia"))
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
