package io.flexhandoff.checkup;

import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.List;
import java.util.Optional;

/** The proof: where does the org's real workflow send a handed-off call, and why? */
final class SampleCallCheck implements Check {

    private final SampleCall sample;

    SampleCallCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "sample-call";
    }

    @Override
    public List<String> needs() {
        return HandedOffFilterCheck.AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        Optional<Filter> winner = routing.winner();
        Optional<Target> target = winner.isPresent()
                ? winner.flatMap(SampleCallCheck::target)
                : Optional.ofNullable(routing.workflow().defaultQueue())
                        .map(queue -> new Target(queue, null, null, null, null));
        String by = winner.map(filter -> "filter '" + filter.name() + "'").orElse("the default filter");
        String proof = proof(routing, winner);
        String call = "A handed-off call" + like(routing);
        if (target.isEmpty()) {
            return Outcome.failed(
                    call + " gets nowhere and is canceled, by " + by + proof,
                    "There is no queue that it could go to",
                    "See the checks of the filters above");
        }
        String queue = routing.describe(target.get());
        boolean reached = org.queue(target.get().queue()).isPresent()
                && !routing.isAiQueue(target.get().queue())
                && QueueWorkers.of(org, target.get(), routing.task()).eligible() > 0;
        String found = call + " goes to " + queue + " by " + by + proof;
        return reached
                ? Outcome.ok(found)
                : Outcome.failed(found, "No rep gets it there", "See the checks of the filters above");
    }

    /** Which kind of call the sample is. */
    private static String like(Routing routing) {
        String words = KindWords.of(List.of(routing.routes().get(0).kind()), routing.kinds());
        return words.isEmpty() ? "" : " with " + words;
    }

    private static String proof(Routing routing, Optional<Filter> winner) {
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (Filter filter : routing.workflow().filters()) {
            boolean matches = filter.matches(routing.task());
            lines.append("\n%d. %s: %s is %s, since %s"
                    .formatted(
                            ++number,
                            filter.name().isEmpty() ? "(no name)" : filter.name(),
                            filter.expression(),
                            matches,
                            Routing.reason(filter, routing.task())));
            if (winner.filter(first -> first == filter).isPresent()) {
                lines.append(" -> ")
                        .append(target(filter)
                                .map(target -> routing.queueName(target.queue()))
                                .orElse("no queue"));
            }
        }
        String last = routing.workflow().defaultQueue();
        return lines.append("\ndefault filter -> ")
                .append(last == null ? "none" : routing.queueName(last))
                .toString();
    }

    /** Where a filter sends the sample first. */
    private static Optional<Target> target(Filter filter) {
        return filter.targets().stream().findFirst().filter(target -> target.queue() != null);
    }
}
