package io.flexhandoff.checkup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where does each kind of handed-off call go that the workflow tells apart? */
final class CallKindsCheck implements Check {

    private final SampleCall sample;

    CallKindsCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "call-kinds";
    }

    @Override
    public List<String> needs() {
        return HandedOffFilterCheck.AFTER_WORKFLOW;
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        Map<String, List<Route>> rows = new LinkedHashMap<>();
        routing.routes().forEach(route -> rows.computeIfAbsent(place(org, routing, route), first -> new ArrayList<>())
                .add(route));
        StringBuilder table = new StringBuilder(tried(routing));
        rows.forEach((place, routes) ->
                table.append('\n').append(words(routing, routes)).append(" -> ").append(place));
        return routing.routes().stream().allMatch(route -> isReached(org, routing, route))
                ? Outcome.ok(table.toString())
                : Outcome.failed(
                        table.toString(), "Not every kind gets to a rep", "See the checks of the filters above");
    }

    private static String tried(Routing routing) {
        int kinds = routing.routes().size();
        if (kinds == 1) {
            return "The filters tell no kinds of handed-off calls apart";
        }
        return routing.kinds().isCut()
                ? "The filters tell more than " + kinds + " kinds of handed-off calls apart; the " + kinds
                        + " nearest to an ordinary call"
                : "The filters tell " + kinds + " kinds of handed-off calls apart";
    }

    private static String words(Routing routing, List<Route> routes) {
        String words = KindWords.of(routes.stream().map(Route::kind).toList(), routing.kinds());
        return words.isEmpty() ? "every kind" : words;
    }

    private static String place(OrgInTwilio org, Routing routing, Route route) {
        if (routing.leadsToAi(route)) {
            return "back to the AI";
        }
        if (route.targets().isEmpty()) {
            return "nowhere, canceled";
        }
        if (route.targets().stream()
                .anyMatch(target -> org.queue(target.queue()).isEmpty())) {
            return "a queue that does not exist, canceled";
        }
        String queues = route.targets().stream()
                .map(target -> routing.queueName(target.queue()))
                .distinct()
                .collect(Collectors.joining(", then "));
        return routing.eligible(route) > 0 ? queues : queues + ", where no worker is for them";
    }

    private static boolean isReached(OrgInTwilio org, Routing routing, Route route) {
        return !routing.leadsToAi(route) && routing.eligible(route) > 0;
    }
}
