package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.Jolokia;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A management port that others reach, without a password. */
@HandoffTest
@TestPropertySource(properties = "handoff.management.address=0.0.0.0")
class ClosedManagementTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/hawtio",
                "/actuator/hawtio/index.html",
                "/actuator/jolokia",
                "/actuator/metrics",
                "/login"
            })
    void isClosedAndSaysWhatToSet(String path) {
        var answer = new Jolokia(port, null).get(path);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("handoff.management.password");
        assertThat(new Jolokia(port, null).post(path, "{\"type\":\"version\"}").statusCode())
                .isEqualTo(403);
        assertThat(new Jolokia(port, "operator:").get(path).statusCode()).isEqualTo(403);
    }

    @Test
    void probesAreAnswered() {
        assertThat(new Jolokia(port, null).get("/actuator/health/readiness").statusCode())
                .isEqualTo(200);
    }
}
