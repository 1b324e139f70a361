package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Does anybody work in the queues to which handed-off calls go? */
final class HandedOffQueueCheck implements Check {

    private final SampleCall sample;

    HandedOffQueueCheck(SampleCall sample) {
        this.sample = sample;
    }

    @Override
    public String name() {
        return "handed-off-queue";
    }

    @Override
    public List<String> needs() {
        return List.of(HandedOffFilterCheck.NAME);
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Routing routing = Routing.of(org, sample);
        return canceled(org, routing)
                .or(() -> toTheAi(org, routing))
                .or(() -> waiting(org, routing))
                .orElseGet(() -> workers(org, routing));
    }

    /** By a filter; what the default filter cancels is told by the check of that. */
    private static Optional<Outcome> canceled(OrgInTwilio org, Routing routing) {
        List<Route> canceled = alike(
                routing,
                route -> route.filter() != null
                        && (route.targets().isEmpty()
                                || org.queue(route.targets().get(0).queue()).isEmpty()));
        return canceled.stream()
                .findFirst()
                .map(first -> Outcome.failed(
                        routing.calls(canceled) + " are canceled: "
                                + (first.targets().isEmpty()
                                        ? "their filter names no queue"
                                        : "their queue "
                                                + first.targets().get(0).queue() + " does not exist"),
                        "The queue was deleted, or the filter was saved without one",
                        choose(org, first)));
    }

    /** By their own filter; what another filter takes for the AI is told by the checks of the filters. */
    private static Optional<Outcome> toTheAi(OrgInTwilio org, Routing routing) {
        List<Route> back = alike(
                routing,
                route -> route.filter() != null && routing.isMeant(route.filter()) && routing.leadsToAi(route));
        return back.stream()
                .findFirst()
                .map(first -> Outcome.failed(
                        routing.calls(back) + " go to '" + ai(routing, first) + "', the queue of the AI",
                        "The filter for handed-off calls names the wrong queue",
                        choose(org, first)));
    }

    private static String ai(Routing routing, Route route) {
        return route.targets().stream()
                .map(Target::queue)
                .filter(routing::isAiQueue)
                .findFirst()
                .map(routing::queueName)
                .orElseThrow();
    }

    private static String choose(OrgInTwilio org, Route route) {
        return "Choose the queue of your reps in " + Places.workflow(org) + " > "
                + route.filter().name();
    }

    private static Optional<Outcome> waiting(OrgInTwilio org, Routing routing) {
        List<Route> all = routing.routesInOrder().stream()
                .filter(route -> !route.targets().isEmpty()
                        && org.queue(route.targets().get(0).queue()).isPresent()
                        && routing.eligible(route) == 0)
                .toList();
        return all.stream().findFirst().map(route -> route.targets().get(0)).map(first -> {
            List<Route> waiting = all.stream()
                    .filter(route -> isSame(first, route.targets().get(0)))
                    .toList();
            return waiting(org, routing, waiting, first);
        });
    }

    private static boolean isSame(Target one, Target other) {
        return one.queue().equals(other.queue()) && Objects.equals(one.expression(), other.expression());
    }

    private static Outcome waiting(OrgInTwilio org, Routing routing, List<Route> waiting, Target target) {
        TaskQueue queue = org.queue(target.queue()).orElseThrow();
        String name = queue.getFriendlyName();
        String callers = routing.calls(waiting).replaceFirst("calls", "callers");
        String cause = "No worker has the attributes that its expression wants, " + queue.getTargetWorkers()
                + (target.expression() == null
                        ? ""
                        : ", together with that of the filter's target, " + target.expression());
        String workers = "Give your reps these attributes in " + Places.workspace(org)
                + " > Workers, or change the expression in ";
        boolean nobody = org.workersOf(target.queue()).isEmpty();
        String found = callers + " wait in '" + name + "' for nobody: no worker is in it" + (nobody ? "" : " for them");
        return nobody || waiting.size() == routing.routesInOrder().size()
                ? Outcome.failed(found, cause, workers + Places.queue(org, name))
                : Outcome.warning(
                        found,
                        cause,
                        "If there are such calls: add a target without an expression below this one, with a timeout on"
                                + " this one, in " + Places.workflow(org));
    }

    private static Outcome workers(OrgInTwilio org, Routing routing) {
        Map<String, QueueWorkers> queues = new LinkedHashMap<>();
        for (Route route : routing.routesInOrder()) {
            route.targets().stream()
                    .filter(target -> org.queue(target.queue()).isPresent())
                    .filter(target -> of(org, target, route).eligible() > 0)
                    .findFirst()
                    .ifPresent(target -> queues.merge(
                            routing.queueName(target.queue()), of(org, target, route), HandedOffQueueCheck::fewer));
        }
        if (queues.isEmpty()) {
            return Outcome.skipped("Handed-off calls come to no queue: first put right what default-filter says");
        }
        String shown = "Handed-off calls go to "
                + queues.entrySet().stream()
                        .map(queue -> "'" + queue.getKey() + "': " + queue.getValue())
                        .collect(Collectors.joining("; "));
        return queues.values().stream().allMatch(workers -> workers.available() > 0)
                ? Outcome.ok(shown)
                : Outcome.warning(
                        shown,
                        "Every rep is offline or on a break",
                        "Nothing, if it is outside of office hours; otherwise reps set themselves to an available"
                                + " activity in Flex");
    }

    private static QueueWorkers of(OrgInTwilio org, Target target, Route route) {
        return QueueWorkers.of(org, target, route.kind().task());
    }

    private static QueueWorkers fewer(QueueWorkers one, QueueWorkers other) {
        return one.available() <= other.available() ? one : other;
    }

    /** Those of which this is true and which have the filter of the first of them. */
    private static List<Route> alike(Routing routing, Predicate<Route> wrong) {
        List<Route> all = routing.routesInOrder().stream().filter(wrong).toList();
        return all.stream()
                .filter(route -> route.filter() == all.get(0).filter())
                .toList();
    }
}
