package io.flexhandoff.checkup;

import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.util.List;

/** Is there a filter for handed-off calls, and does it get them? */
final class HandedOffFilterCheck implements Check {

    static final String NAME = "handed-off-filter";
    static final List<String> AFTER_WORKFLOW = List.of("credentials", "workspace", "workflow");

    private final SampleCall sample;

    HandedOffFilterCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> needs() {
        return AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        String place = Places.workflow(org);
        List<Filter> asking = routing.asking();
        if (asking.isEmpty()) {
            return Outcome.failed(
                    "No filter of the workflow asks for handedOff: handed-off calls are routed like new ones, and may go"
                            + " back to the AI",
                    "The workflow was never connected, or the filter was removed",
                    "Add the filter handedOff == true, to the queue of your reps, as the first one in " + place
                            + Places.orConnect(org));
        }
        return routing.handedOff()
                .map(filter -> Outcome.ok("Handed-off calls have " + Routing.shown(filter)))
                .orElseGet(() -> Outcome.failed(
                        "No handed-off call ever matches " + Routing.shown(asking.get(0)),
                        "In a handed-off call " + routing.reason(asking.get(0)),
                        "Change the expression to handedOff == true in " + place + Places.orConnect(org)));
    }
}
