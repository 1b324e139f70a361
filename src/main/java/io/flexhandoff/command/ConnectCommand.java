package io.flexhandoff.command;

import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code connect}: sets an org's Twilio account up for handoffs. */
@Command(
        name = "connect",
        description = "Sets an org's Twilio account up for handoffs, or shows what that would change.")
final class ConnectCommand extends OrgCommand {

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--replace", description = "With --apply: takes over a webhook or filter of somebody else.")
    private boolean replace;

    /** Exactly one of them. */
    static final class What {
        @Option(names = "--plan", description = "Shows what would change, and changes nothing.")
        boolean plan;

        @Option(names = "--apply", description = "Makes the changes.")
        boolean apply;

        @Option(names = "--rollback", description = "Restores what stood there before.")
        boolean rollback;
    }

    @Override
    protected int run(CommandRuntime runtime, Org org, Progress progress) throws Exception {
        if (replace && !what.apply) {
            throw wrongUsage("--replace goes with --apply");
        }
        String method = what.plan ? "GET" : what.apply ? "POST" : "DELETE";
        RunningApplication.Answer answer =
                progress.during("Asking the running application", () -> new RunningApplication(runtime, org)
                        .ask(method, "/connect" + (replace ? "?replace=true" : "")));
        if (!answer.isOk()) {
            throw new IllegalStateException(answer.problem());
        }
        print(answer.body());
        return 0;
    }
}
