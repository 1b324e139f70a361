package io.flexhandoff.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start whose configuration cannot be read with the file's name and line; there are no settings yet to look at. */
class UnreadableFileAnalyzer extends AbstractFailureAnalyzer<ConfigurationFile.Unreadable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ConfigurationFile.Unreadable cause) {
        return CommandSettings.unreadable(cause)
                .map(found -> new FailureAnalysis(found.words(), found.advice(), failure))
                .orElse(null);
    }
}
