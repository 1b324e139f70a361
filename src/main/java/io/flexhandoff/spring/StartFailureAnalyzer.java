package io.flexhandoff.spring;

import io.flexhandoff.runtime.StartFailure;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Ends a start that failed for want of a right setting with its name and what to do, not with a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailureAnalyzer implements FailureAnalyzer {

    private final Environment environment;

    StartFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                return analysis(
                        new StartFailure(
                                "handoff.management.port",
                                "handoff.management.port: port " + taken.getPort() + " is taken"),
                        failure);
            }
        }
        return StartFailure.of(failure, environment.getProperty("handoff.routes-dir", "./routes"))
                .map(found -> analysis(found, failure))
                .orElse(null);
    }

    private static FailureAnalysis analysis(StartFailure found, Throwable failure) {
        return new FailureAnalysis(found.words(), found.advice(), failure);
    }
}
