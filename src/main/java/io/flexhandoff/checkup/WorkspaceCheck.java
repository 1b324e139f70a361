package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.Workspace;
import java.util.List;
import java.util.Optional;

/** Does the account have the org's workspace? */
final class WorkspaceCheck implements Check {

    @Override
    public String name() {
        return "workspace";
    }

    @Override
    public List<String> needs() {
        return List.of("credentials");
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Optional<Workspace> workspace = org.workspace();
        if (workspace.isPresent()) {
            return Outcome.ok("Workspace '" + workspace.get().getFriendlyName() + "'");
        }
        return UnknownSid.of(
                org, "workspace", org.org().workspaceSid(), "workspace-sid", org.workspaces(), Places.WORKSPACES);
    }
}
