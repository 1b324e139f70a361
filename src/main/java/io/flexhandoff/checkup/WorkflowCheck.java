package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.workflow.ExpressionException;
import java.util.Optional;

/** Is the workflow that routes handed-off calls there, and readable? */
final class WorkflowCheck implements Check {

    @Override
    public String name() {
        return "workflow";
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Optional<Workflow> workflow = org.workflow();
        if (workflow.isEmpty()) {
            return UnknownSid.of(
                    org,
                    "workflow",
                    org.org().workflowSid(),
                    "workflow-sid",
                    org.workflows(),
                    Places.workspace(org) + " > Workflows");
        }
        String name = "Workflow '" + workflow.get().getFriendlyName() + "'";
        try {
            return Outcome.ok(name + ", " + org.configuration().filters().size() + " filters");
        } catch (ExpressionException unreadable) {
            return Outcome.failed(
                    name + " has a configuration that TaskRouter cannot route by: " + unreadable.getMessage(),
                    "It was written by hand or by a program",
                    "Open " + Places.workflow(org) + " and build the filters anew");
        }
    }
}
