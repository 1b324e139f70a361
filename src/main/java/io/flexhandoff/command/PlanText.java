package io.flexhandoff.command;

import io.flexhandoff.connect.ConnectPlan;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.org.Org;
import java.util.Set;

/** A plan of connect as a person reads it: a line a change, with its mark; what stands in the way below it. */
final class PlanText {

    private final Org org;
    private final ConnectPlan plan;

    PlanText(Org org, ConnectPlan plan) {
        this.org = org;
        this.plan = plan;
    }

    /** @param events as the command was told, {@code null} when it was not */
    String text(ConnectCommand.What what, String events) {
        StringBuilder text = new StringBuilder();
        if (!plan.changes().isEmpty()) {
            text.append(org.name())
                    .append(", account ")
                    .append(org.accountSid())
                    .append("\n\n")
                    .append(table());
            text.append('\n');
        }
        plan.notes().forEach(note -> text.append("Note: ").append(note).append(".\n"));
        return text.append(plan.notes().isEmpty() ? "" : "\n")
                .append(sum(what, events))
                .append('\n')
                .toString();
    }

    private Table table() {
        Table table = new Table();
        for (Change change : plan.changes()) {
            table.row(mark(change), change.resource(), change.change(), values(change));
            if (change.problem() != null) {
                table.row(null, null, null, "! " + change.problem());
            }
        }
        return table;
    }

    private static String mark(Change change) {
        if (change.problem() != null) {
            return "!";
        }
        if (change.change().equals("remove")) {
            return "-";
        }
        return Set.of("create", "set", "add").contains(change.change()) ? "+" : "~";
    }

    private static String values(Change change) {
        if (change.from() == null || change.to() == null) {
            return change.to() == null ? change.from() : change.to();
        }
        return change.from() + " -> " + change.to();
    }

    private String sum(ConnectCommand.What what, String events) {
        int count = plan.changes().size();
        String changes = count == 1 ? "1 change" : count + " changes";
        if (what.rollback) {
            return count == 0
                    ? "Nothing to restore: connect has changed nothing in the account of " + org.name() + "."
                    : plan.problems().isEmpty()
                            ? "What stood there before is restored."
                            : "What was changed since connect wrote it is left as it is.";
        }
        if (count == 0) {
            return "Nothing to change: " + org.name() + " is connected.";
        }
        if (what.apply) {
            return "Made " + changes + ": " + org.name()
                    + (plan.applied() ? " is connected." : " is not connected yet.");
        }
        return plan.problems().isEmpty()
                ? changes + " to make, none was made. Make them: connect " + org.name() + " --apply"
                        + (events == null ? "" : " --events=" + events)
                : changes + " to make, none was made. Lines marked ! stand in the way.";
    }
}
