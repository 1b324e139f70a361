package io.flexhandoff.sandbox;

/** What the sandbox keeps of one account. */
record AccountState(
        SandboxAccount account, Calls calls, Conversations conversations, Workspace workspace, TaskRouting routing) {

    static AccountState create(SandboxAccount account, Webhooks webhooks, ChangeFeed changes) {
        Workspace workspace = DemoWorkspace.of(account);
        TaskRouting routing = new TaskRouting(workspace, new TaskRouterEvents(account, workspace, webhooks), changes);
        Calls calls = new Calls(account, workspace, routing, changes);
        Conversations conversations = new Conversations(new ConversationsEvents(account, webhooks), changes);
        return new AccountState(account, calls, conversations, workspace, routing);
    }
}
