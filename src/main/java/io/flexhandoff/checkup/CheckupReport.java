package io.flexhandoff.checkup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** All that a checkup of an org found, in the order in which one would put it right. */
@JsonPropertyOrder({"org", "healthy", "checks"})
public record CheckupReport(String org, List<Finding> checks) {

    public CheckupReport {
        checks = List.copyOf(checks);
    }

    /** Whether nothing failed, and nothing was left open because Twilio did not answer. */
    @JsonProperty
    public boolean healthy() {
        return !failed() && checks.stream().allMatch(Finding::told);
    }

    private boolean failed() {
        return checks.stream().anyMatch(check -> check.status() == Status.FAILED);
    }

    /** 0 healthy, 1 not, 2 could not tell. */
    public int exitCode() {
        if (failed()) {
            return 1;
        }
        return healthy() ? 0 : 2;
    }
}
