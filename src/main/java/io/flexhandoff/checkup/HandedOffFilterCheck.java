package io.flexhandoff.checkup;

import io.flexhandoff.workflow.HandedOffFilters;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Are there filters for handed-off calls, and do they get them all? */
final class HandedOffFilterCheck implements Check {

    static final String NAME = "handed-off-filter";
    static final List<String> AFTER_WORKFLOW = List.of("credentials", "workspace", "workflow");

    private static final String NEVER_CONNECTED = "The workflow was never connected, or the filter was removed";
    private static final String ADD = "Add the filter handedOff == true, to the queue of your reps,";

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
        List<Filter> meant = routing.meant();
        List<Route> back = routing.routes().stream()
                .filter(route -> routing.leadsToAi(route) && !isFor(routing, route))
                .filter(route -> routing.tooLate(route).isEmpty())
                .toList();
        Optional<Filter> inVain = routing.workflow().filters().stream()
                .filter(HandedOffFilters::isInVain)
                .findFirst();
        if (meant.isEmpty() && inVain.isPresent()) {
            return inVain(org, routing, inVain.get());
        }
        if (!back.isEmpty()) {
            return back(org, routing, back);
        }
        if (meant.isEmpty()) {
            return Outcome.warning(
                    none(routing) + ": handed-off calls are routed like new ones. None of them goes back to the AI now",
                    NEVER_CONNECTED,
                    ADD + " as the first one" + in(org));
        }
        if (routing.routes().stream()
                .noneMatch(
                        route -> isFor(routing, route) || routing.tooLate(route).isPresent())) {
            return Outcome.warning(
                    "No kind of handed-off call that was tried matches " + Routing.shown(meant.get(0)),
                    "In a handed-off call " + Routing.reason(meant.get(0), routing.task()),
                    ADD + " right below it" + in(org));
        }
        return Outcome.ok(
                "Handed-off calls have " + meant.stream().map(Routing::shown).collect(Collectors.joining(", ")));
    }

    private static boolean isFor(Routing routing, Route route) {
        return route.filter() != null && routing.isMeant(route.filter());
    }

    private static Outcome inVain(OrgInTwilio org, Routing routing, Filter filter) {
        return Outcome.failed(
                "A handed-off call never matches " + Routing.shown(filter),
                "In a handed-off call " + Routing.reason(filter, routing.task()),
                askingMore(filter)
                        ? ADD + " right below it" + in(org)
                        : "Change the expression to handedOff == true" + in(org));
    }

    /** Whether it asks for more than {@code handedOff}, which one does not want to lose. */
    private static boolean askingMore(Filter filter) {
        return filter.parsed() != null && filter.parsed().names().size() > 1;
    }

    private static Outcome back(OrgInTwilio org, Routing routing, List<Route> back) {
        Filter first = routing.first(back);
        List<Route> taken =
                back.stream().filter(route -> route.filter() == first).toList();
        String symptom = routing.calls(taken) + " go back to the AI, by " + Routing.shown(first);
        List<Filter> meant = routing.meant();
        return Outcome.failed(
                meant.isEmpty() ? none(routing) + ". " + symptom : symptom,
                meant.isEmpty()
                        ? notMeant(first, taken.get(0).kind())
                        : "No filter for handed-off calls takes this kind of call: " + Routing.shown(meant.get(0))
                                + " does not, since "
                                + Routing.reason(
                                        meant.get(0), taken.get(0).kind().task()),
                ADD + (first == null ? " as the last one" : " right above " + Routing.shown(first)) + in(org));
    }

    private static String notMeant(Filter filter, CallKind kind) {
        return filter != null && HandedOffFilters.asks(filter)
                ? "In such a call " + Routing.reason(filter, kind.task())
                : NEVER_CONNECTED;
    }

    /** That no filter is for handed-off calls; one that is for all others is right, and named. */
    private static String none(Routing routing) {
        return routing.workflow().filters().stream()
                .filter(HandedOffFilters::leavesOut)
                .findFirst()
                .map(filter -> "No filter of the workflow asks for handed-off calls; " + Routing.shown(filter)
                        + " is for those that are not")
                .orElse("No filter of the workflow asks for handedOff");
    }

    /** Connect makes the filter when it knows both queues: whose it leads to, and whose it has to stand before. */
    private static String in(OrgInTwilio org) {
        boolean known = isSet(org.org().humanQueueSid()) && isSet(org.org().aiQueueSid());
        return " in " + Places.workflow(org) + (known ? Places.orConnect(org) : "");
    }

    private static boolean isSet(String sid) {
        return sid != null && !sid.isBlank();
    }
}
