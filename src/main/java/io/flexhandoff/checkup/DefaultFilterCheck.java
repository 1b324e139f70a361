package io.flexhandoff.checkup;

import java.util.List;

/** Does a call that no filter matches go anywhere? */
final class DefaultFilterCheck implements Check {

    @Override
    public String name() {
        return "default-filter";
    }

    @Override
    public List<String> needs() {
        return HandedOffFilterCheck.AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        String queue = org.configuration().defaultQueue();
        String fix = "Choose a queue of humans under Default filter in " + Places.workflow(org);
        if (queue == null) {
            return Outcome.failed(
                    "A call that no filter matches is canceled, and its caller dropped",
                    "The workflow has no default filter",
                    fix + Places.orConnect(org));
        }
        return org.queue(queue)
                .map(found -> Outcome.ok("What no filter matches goes to '" + found.getFriendlyName() + "'"))
                .orElseGet(() -> Outcome.failed(
                        "A call that no filter matches is canceled, and its caller dropped",
                        "The queue of the default filter, " + queue + ", does not exist",
                        fix));
    }
}
