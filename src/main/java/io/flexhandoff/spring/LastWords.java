package io.flexhandoff.spring;

import io.flexhandoff.trace.FailureWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Ends a start that failed for a reason that nobody foresaw with its cause, below the stack trace. */
@Order(Ordered.LOWEST_PRECEDENCE)
class LastWords implements FailureAnalyzer {

    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        LOG.error("The application did not start", failure);
        return new FailureAnalysis(FailureWords.of(failure), "The stack trace above tells where it happened.", failure);
    }
}
