package io.flexhandoff.checkup;

import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.util.List;
import java.util.Optional;

/** Does the filter for handed-off calls stand before that of the AI? */
final class FilterOrderCheck implements Check {

    private final SampleCall sample;

    FilterOrderCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "filter-order";
    }

    @Override
    public List<String> needs() {
        return List.of(HandedOffFilterCheck.NAME);
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        Filter handedOff = routing.handedOff().orElseThrow();
        Optional<Filter> ai = routing.aiFilterBefore(handedOff);
        if (ai.isPresent()) {
            return Outcome.failed(
                    "Handed-off calls go back to the AI, by " + Routing.shown(ai.get()),
                    "TaskRouter takes the first filter that matches, and the one for handed-off calls comes after it",
                    "Drag " + Routing.shown(handedOff) + " above it in " + Places.workflow(org)
                            + Places.orConnect(org));
        }
        Filter winner = routing.winner().orElseThrow();
        if (winner != handedOff) {
            return Outcome.warning(
                    "Handed-off calls such as the sample are taken by " + Routing.shown(winner),
                    "It comes before the one for handed-off calls, and " + routing.reason(winner),
                    "If that is not meant, drag " + Routing.shown(handedOff) + " above it in " + Places.workflow(org));
        }
        return Outcome.ok("It stands before the filter of the AI");
    }
}
