package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.Jolokia;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The executable jar, alone in an empty folder: routes, contract and broker configuration come from inside it. */
class ExecJarIT {

    private static final String EVENTS = "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,"
            + "address=\"handoff.events\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.events\"";

    private static HandoffProcess application;

    @BeforeAll
    static void start() throws IOException {
        application = new HandoffProcess(
                Map.of("handoff.management.password", "a word"), "-jar", System.getProperty("exec.jar"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void handsACallOver() throws IOException {
        application.handOver();

        assertThat(application.log()).contains("Open http://localhost:").doesNotContain(" ERROR ", "AMQ222219");
    }

    @Test
    void showsBrokerAndVitalSignsToAnOperator() {
        Jolokia operator = new Jolokia(application.managementPort(), "operator:a word");

        JsonNode kinds = operator.ask(Map.of("type", "list", "config", Map.of("listCache", true)))
                .at("/value/cache");
        assertThat(kinds.size()).as("MBeans that share their description").isGreaterThan(10);
        assertThat(read(operator, EVENTS, "MessageCount").isNumber()).isTrue();
        assertThat(operator.value(EVENTS, "countMessages()").isNumber()).isTrue();
        assertThat(operator.value(EVENTS, "browse()").isArray()).isTrue();
        assertThat(read(operator, "java.lang:type=Memory", "HeapMemoryUsage")
                        .path("used")
                        .isNumber())
                .isTrue();
    }

    private static JsonNode read(Jolokia operator, String bean, String attribute) {
        return operator.ask(Map.of("type", "read", "mbean", bean, "attribute", attribute))
                .get("value");
    }
}
