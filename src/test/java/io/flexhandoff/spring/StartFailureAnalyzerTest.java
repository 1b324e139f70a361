package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a failed start says instead of a stack trace. */
class StartFailureAnalyzerTest {

    @Test
    void namesTheSettingAndHowToSetIt() {
        FailureAnalysis report = analyze(new BeanCreationException(
                "Error creating bean", new IllegalArgumentException("handoff.late.delays must be a duration")));

        assertThat(report.getDescription()).isEqualTo("handoff.late.delays must be a duration");
        assertThat(report.getAction()).contains("HANDOFF_LATE_DELAYS");
    }

    @Test
    void namesTheManagementPort() {
        FailureAnalysis report = analyze(new IllegalStateException(new PortInUseException(8081)));

        assertThat(report.getDescription()).isEqualTo("handoff.management.port: port 8081 is taken");
        assertThat(report.getAction()).contains("HANDOFF_MANAGEMENT_PORT");
    }

    @Test
    void leavesWhatIsNoSettingToItsStackTrace() {
        assertThat(new StartFailureAnalyzer(new StandardEnvironment()).analyze(new IllegalStateException("no idea")))
                .isNull();
    }

    /** As Spring Boot does: the first that knows something. */
    private static FailureAnalysis analyze(Throwable failure) {
        FailureAnalyzer first = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(
                        FailureAnalyzer.class,
                        SpringFactoriesLoader.ArgumentResolver.of(Environment.class, new StandardEnvironment()),
                        SpringFactoriesLoader.FailureHandler.logging(
                                org.apache.commons.logging.LogFactory.getLog(StartFailureAnalyzerTest.class)))
                .stream()
                .filter(StartFailureAnalyzer.class::isInstance)
                .findFirst()
                .orElseThrow();
        return first.analyze(failure);
    }
}
