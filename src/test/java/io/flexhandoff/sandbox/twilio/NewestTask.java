package io.flexhandoff.sandbox.twilio;

import java.util.List;

/** The newest task of a sandbox's first account, and what happens to it without a caller, a rep or an API. */
public final class NewestTask {

    private final Accounts accounts;
    private final Task task;

    private NewestTask(Accounts accounts) {
        this.accounts = accounts;
        this.task = accounts.inFirst(state -> state.workspace().tasks.newest(1).get(0));
    }

    public static NewestTask of(Sandbox sandbox) {
        return new NewestTask(sandbox.accounts);
    }

    /** Its workflow, or somebody else, cancels it. */
    public void cancel(String reason) {
        accounts.inFirst(state -> {
            state.routing().cancel(task, reason);
            return null;
        });
    }

    /** Its caller hears that, in the words of {@link Sandbox#heard}. */
    public void callerHears(String... what) {
        accounts.inFirst(state -> task.call.heard.addAll(List.of(what)));
    }
}
