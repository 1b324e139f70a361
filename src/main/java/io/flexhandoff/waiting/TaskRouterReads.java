package io.flexhandoff.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.TwilioException;
import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.component.taskrouter.WorkerView;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import io.flexhandoff.workflow.ExpressionException;
import io.flexhandoff.workflow.WorkflowConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An org's TaskRouter, read no more often than settings allow. Empty is what TaskRouter does not have. */
final class TaskRouterReads {

    private static final Logger LOG = LoggerFactory.getLogger("io.flexhandoff.api");

    private static final String PRODUCT = "taskrouter";

    /** How long workflows, names and averages over a quarter of an hour count. */
    private static final Duration SLOW = Duration.ofMinutes(1);

    private static final int PAGE = 1000;

    private final Org org;
    private final TwilioClients twilio;
    private final Duration fresh;
    private final Clock clock;
    private final SharedReads reads;

    /** @param fresh how long the state of a queue counts */
    TaskRouterReads(Org org, TwilioClients twilio, Duration fresh, Executor executor, Clock clock) {
        this.org = org;
        this.twilio = twilio;
        this.fresh = fresh;
        this.clock = clock;
        this.reads = new SharedReads(executor, clock);
    }

    /** Fails with an {@link ExpressionException} when it cannot be understood. */
    CompletableFuture<Optional<WorkflowConfiguration>> workflow(String sid) {
        return read("workflow " + sid, SLOW, () -> fetch("/Workflows/" + sid)
                .map(workflow -> WorkflowConfiguration.parse(
                        workflow.path("configuration").asText())));
    }

    /** The activities that the workspace gives to workers who come, and to those who do not answer: in Flex, Offline. */
    CompletableFuture<Set<String>> absent() {
        return read("absent", SLOW, () -> fetch("").stream()
                .flatMap(workspace -> Stream.of("default_activity_sid", "timeout_activity_sid")
                        .map(name -> workspace.path(name).asText()))
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** How a queue stands, its calls only. */
    CompletableFuture<Optional<QueueState>> queue(String sid) {
        return read("queue " + sid, fresh, () -> fetch("/TaskQueues/" + sid + "/RealTimeStatistics?TaskChannel=voice")
                .map(statistics -> QueueState.of(statistics, clock.instant())));
    }

    CompletableFuture<String> queueName(String sid) {
        return read("name " + sid, SLOW, () -> fetch("/TaskQueues/" + sid)
                .map(queue -> queue.path("friendly_name").asText())
                .orElse(sid));
    }

    /** Seconds that calls have waited in a queue which were accepted in the last quarter of an hour; empty when none was. */
    CompletableFuture<Optional<Integer>> averageWait(String sid) {
        return read("average " + sid, SLOW, () -> fetch(
                        "/TaskQueues/" + sid + "/CumulativeStatistics?TaskChannel=voice")
                .filter(statistics -> statistics.path("reservations_accepted").asInt() > 0)
                .map(statistics ->
                        statistics.path("wait_duration_in_queue_until_accepted").path("avg"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asInt));
    }

    /** The workers that a queue selects. */
    CompletableFuture<List<WorkerView>> workers(String queueSid) {
        return read("workers " + queueSid, fresh, () -> {
            List<WorkerView> workers = new ArrayList<>();
            Worker.reader(org.workspaceSid())
                    .setTaskQueueSid(queueSid)
                    .pageSize(PAGE)
                    .read(twilio.forOrg(org.name()))
                    .forEach(worker -> workers.add(WorkerView.of(worker)));
            return List.copyOf(workers);
        });
    }

    private Optional<JsonNode> fetch(String path) {
        try {
            return Optional.of(
                    twilio.send(org.name(), TwilioRequest.get(PRODUCT, "/v1/Workspaces/" + org.workspaceSid() + path))
                            .json());
        } catch (TwilioFailure failure) {
            if (failure.isNotFound()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Of a failure the log is told once for all who ask. */
    private <T> CompletableFuture<T> read(String name, Duration counts, Supplier<T> reader) {
        return reads.get(name, counts, () -> {
            try {
                return reader.get();
            } catch (TwilioFailure | ExpressionException failure) {
                LOG.warn("{}: whether a rep is there is not known: {}", org.name(), failure.getMessage());
                throw failure;
            } catch (TwilioException unreadable) {
                // the SDK puts an answer that it cannot read into its message
                throw TwilioFailure.unreadable("Reading " + name);
            }
        });
    }
}
