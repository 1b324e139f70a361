package io.flexhandoff.sandbox.twilio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sandbox keeps of one account.
 *
 * @param workspace the one that calls are routed in
 * @param workspaces by SID: that one, and others in which nothing is routed
 */
record AccountState(
        SandboxAccount account,
        Calls calls,
        Conversations conversations,
        Workspace workspace,
        Map<String, Workspace> workspaces,
        TaskRouting routing,
        EventStreams streams) {

    static AccountState create(
            SandboxAccount account, EventStreams streams, Webhooks webhooks, Changes changes, Lines lines) {
        Workspace workspace = DemoWorkspace.of(account);
        TaskRouting routing =
                new TaskRouting(workspace, new TaskRouterEvents(account, workspace, webhooks, streams), changes);
        Calls calls = new Calls(account, workspace, routing, changes, lines);
        Conversations conversations = new Conversations(new ConversationsEvents(account, webhooks), changes);
        Map<String, Workspace> workspaces = new LinkedHashMap<>(Map.of(workspace.sid, workspace));
        return new AccountState(account, calls, conversations, workspace, workspaces, routing, streams);
    }
}
