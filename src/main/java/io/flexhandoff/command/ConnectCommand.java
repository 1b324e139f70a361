package io.flexhandoff.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Problem;
import io.flexhandoff.connect.Connect;
import io.flexhandoff.connect.ConnectPlan;
import io.flexhandoff.connect.TaskEventsWay;
import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--events",
            paramLabel = "callback|stream",
            description =
                    "With --plan or --apply: how TaskRouter's events come, by the workspace's one event callback, or by a"
                            + " sink of Event Streams, which leaves that to whoever has it.")
    private String events;

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
        if (replace || events != null) {
            throw wrongUsage("--replace and --events go with --apply");
        }
        DiscoverOptions options = discover == null ? new DiscoverOptions() : discover;
        return new Discover(commands(), orgName(), options, out(), err()).run(isJson());
    }

    @Override
    protected int run(CommandRuntime runtime, Org org, Progress progress) throws Exception {
        if (replace && !what.apply) {
            throw wrongUsage("--replace goes with --apply");
        }
        if (events != null && (what.rollback || !List.of("callback", "stream").contains(events))) {
            throw wrongUsage("--events=callback and --events=stream go with --plan and --apply");
        }
        try {
            ConnectPlan plan =
                    progress.during("Asking Twilio about the account of " + org.name(), () -> carryOut(runtime, org));
            if (isJson()) {
                print(JSON.valueToTree(plan));
            } else {
                out().print(new PlanText(org, plan).text(what, events));
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
        TaskEventsWay way = TaskEventsWay.of(events);
        return what.plan
                ? connect.plan(org.name(), way)
                : what.apply ? connect.apply(org.name(), way, replace) : connect.rollback(org.name());
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        if (replace) {
            parameters.add("replace=true");
        }
        if (events != null) {
            parameters.add("events=" + events);
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private ConnectPlan byApplication(CommandRuntime runtime, Org org) throws Exception {
        String method = what.plan ? "GET" : what.apply ? "POST" : "DELETE";
        RunningApplication.Answer answer = new RunningApplication(runtime, org).ask(method, "/connect" + query());
        if (!answer.isOk()) {
            throw new Problem(answer.status(), "The application refused", answer.problem());
        }
        return JSON.treeToValue(answer.body(), ConnectPlan.class);
    }
}
