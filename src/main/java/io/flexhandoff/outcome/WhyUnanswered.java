package io.flexhandoff.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioRequest;
import io.flexhandoff.waiting.Availability;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why no rep has taken a task that is over. Bound as {@code whyUnanswered}.
 *
 * <p>In: variables {@code org} and {@code change}, the task's end. Out: variable {@code unanswered}, an {@link Outcome} of the three. A
 * worker's reservation that was declined is {@code rejected}, one that rang out is {@code timeout} (Twilio documentation, "Task
 * Reservation Resource"). What TaskRouter does not say, or not in time, leaves it at {@code unanswered}.
 */
public final class WhyUnanswered implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.flexhandoff.handoff");
    private static final int PAGE = 1000;

    private final Orgs orgs;
    private final TwilioClients twilio;
    private final Availability availability;
    private final Duration timeout;
    private final Executor executor;

    /** @param timeout how long TaskRouter has */
    public WhyUnanswered(
            Orgs orgs, TwilioClients twilio, Availability availability, Duration timeout, Executor executor) {
        this.orgs = orgs;
        this.twilio = twilio;
        this.availability = availability;
        this.timeout = timeout;
        this.executor = executor;
    }

    @Override
    public void process(Exchange exchange) {
        Org org = orgs.get(exchange.getVariable("org", String.class));
        TaskChange change = exchange.getVariable("change", TaskChange.class);
        Outcome why = CompletableFuture.supplyAsync(() -> offers(org, change.taskSid()), executor)
                .thenCompose(offers -> why(org, change.taskSid(), offers))
                .completeOnTimeout(Outcome.UNANSWERED, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.warn("{}: why nobody took {} is not known", org.name(), change.taskSid());
                    return Outcome.UNANSWERED;
                })
                .join();
        exchange.setVariable("unanswered", why.label());
    }

    private CompletableFuture<Outcome> why(Org org, String taskSid, List<String> offers) {
        if (offers.contains("rejected")) {
            return CompletableFuture.completedFuture(Outcome.DECLINED);
        }
        if (!offers.isEmpty()) {
            return CompletableFuture.completedFuture(Outcome.UNANSWERED);
        }
        String queue = read(org, taskSid, "").path("task_queue_sid").asText("");
        return queue.isEmpty()
                ? CompletableFuture.completedFuture(Outcome.UNANSWERED)
                : availability
                        .isStaffed(org, queue)
                        .thenApply(staffed -> staffed ? Outcome.UNANSWERED : Outcome.NO_ONE_THERE);
    }

    /** What became of the task's reservations of reps. */
    private List<String> offers(Org org, String taskSid) {
        JsonNode page = read(org, taskSid, "/Reservations?PageSize=" + PAGE);
        return StreamSupport.stream(page.path("reservations").spliterator(), false)
                .filter(reservation ->
                        !org.aiWorker().is(reservation.path("worker_sid").asText()))
                .map(reservation -> reservation.path("reservation_status").asText())
                .toList();
    }

    private JsonNode read(Org org, String taskSid, String more) {
        String path = "/v1/Workspaces/" + org.workspaceSid() + "/Tasks/" + taskSid + more;
        return twilio.send(org.name(), TwilioRequest.get("taskrouter", path)).json();
    }
}
