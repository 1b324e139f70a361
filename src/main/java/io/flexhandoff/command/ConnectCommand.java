package io.flexhandoff.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Problem;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.connect.ConnectPlan;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code connect}: sets an org's Twilio account up for handoffs. */
@Command(
        name = "connect",
        description = "Sets an org's Twilio account up for handoffs, or shows what that would change.")
final class ConnectCommand extends OrgCommand {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final int IN_THE_WAY = 1;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--replace", description = "With --apply: takes over a webhook or filter of somebody else.")
    private boolean replace;

    @ArgGroup(exclusive = false, heading = "%nWith --discover; what is not given is asked for at a terminal:%n")
    private DiscoverOptions discover;

    /** Exactly one of them. */
    static final class What {
        @Option(
                names = "--discover",
                description = "Looks the org up in its account, and writes its settings into a file.")
        boolean discover;

        @Option(names = "--plan", description = "Shows what would change, and changes nothing.")
        boolean plan;

        @Option(names = "--apply", description = "Makes the changes.")
        boolean apply;

        @Option(names = "--rollback", description = "Restores what stood there before.")
        boolean rollback;
    }

    @Override
    public Integer call() throws Exception {
        if (discover != null && !what.discover) {
            throw wrongUsage("The options of --discover go with it alone");
        }
        if (!what.discover) {
            return super.call();
        }
        if (replace) {
            throw wrongUsage("--replace goes with --apply");
        }
        DiscoverOptions options = discover == null ? new DiscoverOptions() : discover;
        return new Discover(commands(), orgName(), options, out(), err()).run(isJson());
    }

    @Override
    protected int run(CommandRuntime runtime, Org org, Progress progress) throws Exception {
        if (replace && !what.apply) {
            throw wrongUsage("--replace goes with --apply");
        }
        try {
            ConnectPlan plan =
                    progress.during("Asking Twilio about the account of " + org.name(), () -> carryOut(runtime, org));
            if (isJson()) {
                print(JSON.valueToTree(plan));
            } else {
                out().print(new PlanText(org, plan).text(what));
                out().flush();
            }
            return plan.problems().isEmpty() ? 0 : IN_THE_WAY;
        } catch (Problem problem) {
            if (problem.getStatus() >= 500) {
                throw problem;
            }
            err().println(problem.getMessage());
            return IN_THE_WAY;
        }
    }

    /** In this process; or by the application, where only that has the sandbox, or the ledger. */
    private ConnectPlan carryOut(CommandRuntime runtime, Org org) throws Exception {
        Optional<LedgerDatabase> ledger = runtime.isSandbox() || what.plan ? Optional.empty() : runtime.ledger();
        if (runtime.isSandbox() || !what.plan && ledger.isEmpty()) {
            return byApplication(runtime, org);
        }
        Connect connect = new Connect(
                runtime.twilio(),
                runtime.doorUrls(),
                () -> ledger.or(runtime::ledger).orElseThrow().dataSource(),
                Clock.systemUTC(),
                runtime.isTwilio());
        return what.plan
                ? connect.plan(org.name())
                : what.apply ? connect.apply(org.name(), replace) : connect.rollback(org.name());
    }

    private ConnectPlan byApplication(CommandRuntime runtime, Org org) throws Exception {
        String method = what.plan ? "GET" : what.apply ? "POST" : "DELETE";
        RunningApplication.Answer answer =
                new RunningApplication(runtime, org).ask(method, "/connect" + (replace ? "?replace=true" : ""));
        if (!answer.isOk()) {
            throw new Problem(answer.status(), "The application refused", answer.problem());
        }
        return JSON.treeToValue(answer.body(), ConnectPlan.class);
    }
}
