package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.workflow.ExpressionException;
import io.flexhandoff.workflow.WorkflowConfiguration;
import java.time.Instant;

/** A TaskRouter workflow; its configuration is kept byte for byte. */
final class Workflow {

    final String sid;
    final WaitQueue waiting;
    final Instant created = Instant.now();
    Instant updated = created;
    String friendlyName;
    String assignmentCallbackUrl = "";
    String fallbackAssignmentCallbackUrl = "";
    int taskReservationTimeout = 120;
    private String configuration;
    private WorkflowConfiguration parsed;

    Workflow(String sid, String friendlyName, String configuration) {
        this.sid = sid;
        this.waiting = new WaitQueue(sid);
        this.friendlyName = friendlyName;
        configuration(configuration);
    }

    String configuration() {
        return configuration;
    }

    /**
     * Replaces the configuration.
     *
     * @throws TwilioError 20001 if it is not a workflow configuration
     */
    void configuration(String text) {
        try {
            this.parsed = WorkflowConfiguration.parse(text);
        } catch (ExpressionException e) {
            throw TwilioError.invalid("Configuration: " + e.getMessage());
        }
        this.configuration = text;
        this.updated = Instant.now();
    }

    WorkflowConfiguration parsed() {
        return parsed;
    }
}
