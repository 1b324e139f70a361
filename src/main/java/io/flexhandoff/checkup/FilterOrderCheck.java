package io.flexhandoff.checkup;

import io.flexhandoff.workflow.HandedOffFilters;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Do the filters for handed-off calls stand before that of the AI? */
final class FilterOrderCheck implements Check {

    /** The filter that connect makes. */
    private static final String OF_CONNECT = "Handed off by the AI";

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
        List<Route> back = routing.routes().stream()
                .filter(route ->
                        routing.leadsToAi(route) && routing.tooLate(route).isPresent())
                .toList();
        if (!back.isEmpty()) {
            Filter first = routing.first(back);
            List<Route> taken =
                    back.stream().filter(route -> route.filter() == first).toList();
            List<Filter> filters = routing.workflow().filters();
            List<Filter> late = filters.subList(filters.indexOf(first), filters.size()).stream()
                    .filter(routing::isMeant)
                    .toList();
            // connect moves what it has made, and nothing of anybody else's unasked
            boolean ours = late.stream().allMatch(filter -> filter.name().equals(OF_CONNECT));
            return Outcome.failed(
                    routing.calls(taken) + " go back to the AI, by " + Routing.shown(first),
                    "TaskRouter takes the first filter that matches, and the one for handed-off calls comes after it",
                    "Drag " + late.stream().map(Routing::shown).collect(Collectors.joining(" and ")) + " above it in "
                            + Places.workflow(org) + (ours ? Places.orConnect(org) : ""));
        }
        Route usual = routing.routes().get(0);
        Optional<Filter> late = routing.tooLate(usual);
        if (late.isPresent() && !HandedOffFilters.asks(usual.filter())) {
            List<Route> taken = routing.routes().stream()
                    .filter(route -> route.filter() == usual.filter())
                    .toList();
            return Outcome.warning(
                    routing.calls(taken) + " are taken by " + Routing.shown(usual.filter()),
                    "It comes before the one for handed-off calls, and "
                            + Routing.reason(usual.filter(), usual.kind().task()),
                    "If that is not meant, drag " + Routing.shown(late.get()) + " above it in " + Places.workflow(org));
        }
        return Outcome.ok(
                switch (routing.meant().size()) {
                    case 0 -> "No filter of the AI takes handed-off calls";
                    case 1 -> "It stands before the filter of the AI";
                    default -> "They stand before the filter of the AI";
                });
    }
}
