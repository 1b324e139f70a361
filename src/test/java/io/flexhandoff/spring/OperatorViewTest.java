package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What Jolokia's list, and so Hawtio, offers an operator. */
class OperatorViewTest {

    private static Map<String, Object> operation(String... types) {
        Map<String, Object> described = new HashMap<>();
        described.put(
                "args",
                List.of(types).stream().map(type -> Map.of("type", type)).toList());
        return described;
    }

    private static Map<String, Object> attribute() {
        return new HashMap<>(Map.of("rw", true, "type", "java.lang.String"));
    }

    @Test
    void whatIsDeniedIsLockedAndWhatIsAllowedIsOffered() throws Exception {
        Map<String, Object> operations = new HashMap<>();
        operations.put("start", operation());
        operations.put("remove", operation());
        operations.put("stop", List.of(operation("long"), operation()));
        operations.put("updateRouteFromXml", List.of(operation("java.lang.String"), operation()));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("State", attribute());
        attributes.put("ApiToken", attribute());
        Map<String, Object> mbean = new HashMap<>(Map.of("op", operations, "attr", attributes));

        new OperatorView(1)
                .update(
                        mbean,
                        new ObjectName("org.apache.camel:context=flex-handoff,type=routes,name=\"append-segment\""),
                        null,
                        new ArrayDeque<>());

        assertThat(operations.get("start")).isEqualTo(operation());
        assertThat(operations.get("remove").toString()).contains("canInvoke=false");
        assertThat(operations.get("stop")).isEqualTo(operation());
        assertThat(operations.get("updateRouteFromXml").toString().split("canInvoke=false", -1))
                .hasSize(3);
        assertThat(attributes).containsOnlyKeys("State");
        assertThat(attributes.get("State").toString()).contains("rw=false");
    }
}
