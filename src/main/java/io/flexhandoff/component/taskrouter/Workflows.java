package io.flexhandoff.component.taskrouter;

import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import io.flexhandoff.component.TwilioCall;

/** Reads and writes the configuration of the org's workflow, as the JSON text that it is. */
final class Workflows {

    private Workflows() {}

    static String read(TwilioCall call) {
        return Workflow.fetcher(call.org().workspaceSid(), call.org().workflowSid())
                .fetch(call.client())
                .getConfiguration();
    }

    /** Writes the body as it stands; the workflow's other settings stay. */
    static String write(TwilioCall call) {
        return Workflow.updater(call.org().workspaceSid(), call.org().workflowSid())
                .setConfiguration(call.bodyJson())
                .update(call.client())
                .getConfiguration();
    }
}
