package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.TaskQueue;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.org.Org;
import io.flexhandoff.workflow.HandedOffFilters;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the org's workflow routes handed-off calls: each kind that it tells apart. */
final class Routing {

    private final OrgInTwilio org;
    private final WorkflowConfiguration workflow;
    private final Map<String, Object> task;
    private final CallKinds kinds;
    private final List<Route> routes;

    private Routing(OrgInTwilio org, WorkflowConfiguration workflow, Map<String, Object> task) {
        this.org = org;
        this.workflow = workflow;
        this.task = task;
        this.kinds = new CallKinds(workflow, task);
        this.routes = kinds.all().stream().map(kind -> Route.of(workflow, kind)).toList();
    }

    static Routing of(OrgInTwilio org, SampleCall sample) {
        return new Routing(org, org.configuration(), sample.attributes(org.org()));
    }

    WorkflowConfiguration workflow() {
        return workflow;
    }

    /** The attributes of the sample. */
    Map<String, Object> task() {
        return task;
    }

    CallKinds kinds() {
        return kinds;
    }

    /** Where each kind goes; that of the most ordinary call first. */
    List<Route> routes() {
        return routes;
    }

    /** Where each kind goes once the filters for handed-off calls stand before that of the AI. */
    List<Route> routesInOrder() {
        return routes.stream()
                .map(route -> leadsToAi(route) ? tooLate(route).map(route::by).orElse(route) : route)
                .toList();
    }

    /** The filter that gets the sample, if any. */
    Optional<Filter> winner() {
        return workflow.matching(task);
    }

    /** The filters that are for handed-off calls. */
    List<Filter> meant() {
        return workflow.filters().stream().filter(this::isMeant).toList();
    }

    /** A filter that takes calls because they are handed off; one that leads to the AI has to leave out all others. */
    boolean isMeant(Filter filter) {
        return HandedOffFilters.takes(filter) && !(HandedOffFilters.takesNotHandedOff(filter) && leadsToAi(filter));
    }

    /** The filter that is for this kind of call and stands too late; empty when one has it, or none wants it. */
    Optional<Filter> tooLate(Route route) {
        List<Filter> filters = workflow.filters();
        int place = route.filter() == null ? filters.size() : filters.indexOf(route.filter());
        return route.filter() != null && isMeant(route.filter())
                ? Optional.empty()
                : filters.subList(place, filters.size()).stream()
                        .filter(filter ->
                                isMeant(filter) && filter.matches(route.kind().task()))
                        .findFirst();
    }

    /** Whether this kind of call goes to the AI, at once or when nobody takes it in time. */
    boolean leadsToAi(Route route) {
        return route.targets().stream().anyMatch(target -> isAiQueue(target.queue()));
    }

    private boolean leadsToAi(Filter filter) {
        return filter.targets().stream().anyMatch(target -> isAiQueue(target.queue()));
    }

    /** Whether a queue is the AI's: it is configured as such, or nobody but the AI worker is in it. */
    boolean isAiQueue(String sid) {
        Org settings = org.org();
        if (sid == null
                || settings.aiQueueSid() != null && !settings.aiQueueSid().isBlank()) {
            return sid != null && sid.equals(settings.aiQueueSid());
        }
        if (settings.aiWorker().sid() == null || org.queue(sid).isEmpty()) {
            return false;
        }
        List<Worker> workers = org.workersOf(sid);
        return !workers.isEmpty()
                && workers.stream().allMatch(worker -> settings.aiWorker().is(worker.getSid()));
    }

    /** How many workers a call of this kind is offered to at most, one target after the other. */
    int eligible(Route route) {
        return route.targets().stream()
                .filter(target -> org.queue(target.queue()).isPresent())
                .mapToInt(target ->
                        QueueWorkers.of(org, target, route.kind().task()).eligible())
                .sum();
    }

    /** Handed-off calls of some kinds, as the subject of a sentence. */
    String calls(List<Route> some) {
        String words = KindWords.of(some.stream().map(Route::kind).toList(), kinds);
        return words.isEmpty() ? "Handed-off calls" : "Handed-off calls with " + words;
    }

    /** The name of a queue and its workers for the sample, or that there is none. */
    String describe(Target target) {
        return org.queue(target.queue())
                .map(queue -> queue.getFriendlyName() + " (" + QueueWorkers.of(org, target, task) + ")")
                .orElse("a queue that does not exist, " + target.queue());
    }

    String queueName(String sid) {
        return org.queue(sid).map(TaskQueue::getFriendlyName).orElse(sid);
    }

    /** The first filter that gets one of these, {@code null} for the default filter. */
    Filter first(List<Route> some) {
        List<Filter> taking = new ArrayList<>(workflow.filters());
        taking.retainAll(some.stream().map(Route::filter).toList());
        return taking.isEmpty() ? null : taking.get(0);
    }

    static String shown(Filter filter) {
        if (filter == null) {
            return "the default filter";
        }
        return filter.name().isEmpty()
                ? "the filter " + filter.expression()
                : "the filter '" + filter.name() + "' (" + filter.expression() + ")";
    }

    /** Why a filter gets a call or does not. */
    static String reason(Filter filter, Map<String, Object> task) {
        return filter.parsed() == null
                ? "TaskRouter cannot read the expression"
                : filter.parsed().explainTask(task);
    }
}
