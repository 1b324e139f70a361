package io.flexhandoff.waiting;

import io.flexhandoff.event.Escalation;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.workflow.ExpressionException;
import io.flexhandoff.workflow.WorkflowConfiguration;
import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import io.flexhandoff.workflow.WorkflowConfiguration.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Tells whether a rep could take a call that an AI might hand over. Bound as {@code availability}.
 *
 * <p>In: variables {@code org} and {@code asked}, an {@link Escalation} of which only what routing may ask counts. Out: the body, as the
 * contract's {@code Availability}. No thread waits for Twilio with the caller.
 */
public final class Availability extends AsyncProcessorSupport {

    /** Targets that are looked at, one after the other. */
    private static final int MOST_TARGETS = 10;

    private final Orgs orgs;
    private final Transfers transfers;
    private final Predicate<String> hasTasks;
    private final UnaryOperator<String> languages;
    private final Duration timeout;
    private final Executor executor;
    private final Map<String, TaskRouterReads> byOrg;

    /**
     * @param hasTasks the orgs whose callers wait as tasks of TaskRouter; of any other nobody says who is there
     * @param languages of an org's callers, when nobody says which
     * @param fresh how long TaskRouter's answer counts
     * @param timeout how long an asker waits at most
     */
    public Availability(
            Orgs orgs,
            TwilioClients twilio,
            Transfers transfers,
            Predicate<String> hasTasks,
            UnaryOperator<String> languages,
            Duration fresh,
            Duration timeout,
            Executor executor,
            Clock clock) {
        this.orgs = orgs;
        this.transfers = transfers;
        this.hasTasks = hasTasks;
        this.languages = languages;
        this.timeout = timeout;
        this.executor = executor;
        this.byOrg = orgs.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Org::name, org -> new TaskRouterReads(org, twilio, fresh, executor, clock)));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String org = exchange.getVariable("org", String.class);
        CompletableFuture<Map<String, Object>> answer =
                answer(orgs.get(org), exchange.getVariable("asked", Escalation.class));
        if (answer.isDone()) {
            exchange.getMessage().setBody(answer.join());
            callback.done(true);
            return true;
        }
        answer.thenAcceptAsync(
                view -> {
                    exchange.getMessage().setBody(view);
                    callback.done(false);
                },
                executor);
        return false;
    }

    /** Never fails, and is there in time. */
    private CompletableFuture<Map<String, Object>> answer(Org org, Escalation asked) {
        String language = languages.apply(org.name());
        WaitWords words = WaitWords.in(asked.language() == null ? language : asked.language());
        if (!hasTasks.test(org.name())) {
            return CompletableFuture.completedFuture(
                    AvailabilityAnswer.unknown("Where calls of this org go does not say who is there", words));
        }
        AskedCall call = AskedCall.of(org, asked, language, transfers);
        return byOrg.get(org.name())
                .workflow(call.workflowSid())
                .thenCompose(workflow -> workflow.isEmpty()
                        ? CompletableFuture.completedFuture(
                                AvailabilityAnswer.unknown("TaskRouter has no workflow " + call.workflowSid(), words))
                        : answer(call, workflow.get(), words))
                .exceptionally(failure -> AvailabilityAnswer.unknown(cause(failure), words))
                .completeOnTimeout(
                        AvailabilityAnswer.unknown("TaskRouter does not answer in time", words),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Map<String, Object>> answer(
            AskedCall call, WorkflowConfiguration workflow, WaitWords words) {
        Filter filter = workflow.matching(call.task()).orElse(null);
        List<Target> targets = workflow.reached(filter);
        return look(call, targets.stream().limit(MOST_TARGETS).toList(), 0, null)
                .thenApply(found -> found == null
                        ? AvailabilityAnswer.nowhere(nowhere(call, filter, targets), words)
                        : AvailabilityAnswer.of(found, words));
    }

    /** Whether anybody of a queue who is not the AI is signed in. */
    public CompletableFuture<Boolean> isStaffed(Org org, String queueSid) {
        TaskRouterReads reads = byOrg.get(org.name());
        return reads.absent().thenCombine(reads.workers(queueSid), (absent, workers) -> workers.stream()
                .anyMatch(worker -> !org.aiWorker().is(worker.sid())
                        && (worker.available() || !absent.contains(worker.activitySid()))));
    }

    /** Why no rep gets such a call. */
    private static String nowhere(AskedCall call, Filter filter, List<Target> targets) {
        String what = targets.isEmpty()
                ? "The workflow cancels such a call"
                : targets.stream().anyMatch(target -> isAi(call, target))
                        ? "The workflow gives such a call back to the AI"
                        : "The workflow gives such a call to a queue that there is not";
        return what + ", by " + (filter == null ? "the default filter" : "the filter '" + filter.name() + "'");
    }

    private static boolean isAi(AskedCall call, Target target) {
        return target.queue().equals(call.org().aiQueueSid());
    }

    /** The first queue with somebody available, or else with somebody signed in, or else the first; {@code null} if there is none. */
    private CompletableFuture<Found> look(AskedCall call, List<Target> targets, int place, Found best) {
        if (place == targets.size()) {
            return CompletableFuture.completedFuture(best);
        }
        return found(call, targets.get(place), place).thenCompose(found -> {
            if (found.isPresent() && found.get().reps().available() > 0) {
                return CompletableFuture.completedFuture(found.get());
            }
            boolean better = best == null
                    || !best.isStaffed() && found.filter(Found::isStaffed).isPresent();
            return look(call, targets, place + 1, better ? found.orElse(null) : best);
        });
    }

    private CompletableFuture<Optional<Found>> found(AskedCall call, Target target, int place) {
        if (isAi(call, target)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        TaskRouterReads reads = byOrg.get(call.org().name());
        return reads.queue(target.queue())
                .thenCompose(queue -> queue.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.<Found>empty())
                        : reps(reads, call, target, queue.get()).thenCompose(reps -> reads.queueName(target.queue())
                                .thenCombine(
                                        reads.averageWait(target.queue()),
                                        (name, average) -> Optional.of(
                                                new Found(target, place, queue.get(), reps, name, average)))));
    }

    /** Statistics know neither the AI nor what a target asks of workers. */
    private static CompletableFuture<Reps> reps(
            TaskRouterReads reads, AskedCall call, Target target, QueueState queue) {
        boolean byStatistics =
                target.expression() == null && call.org().aiWorker().sid() == null;
        return reads.absent()
                .thenCompose(absent -> byStatistics
                        ? CompletableFuture.completedFuture(Reps.of(queue, absent))
                        : reads.workers(target.queue())
                                .thenApply(workers -> Reps.of(workers, target, call.task(), call.org(), absent)));
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof ExpressionException) {
            return "The workflow cannot be read";
        }
        return FailureKind.of(cause) == FailureKind.FINAL
                ? "TaskRouter refuses to tell it"
                : "TaskRouter does not answer";
    }
}
