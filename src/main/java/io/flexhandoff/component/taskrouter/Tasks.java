package io.flexhandoff.component.taskrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.TwilioCall;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds tasks and writes their attributes. */
final class Tasks {

    static final String PRODUCT = "taskrouter";

    static final String LIVE =
            "&AssignmentStatus=pending&AssignmentStatus=reserved&AssignmentStatus=assigned&AssignmentStatus=wrapping";
    /** What is looked for is among the newest, nearly always: a small page first, then larger ones. */
    private static final int FIRST_PAGE = 50;

    private static final int FURTHER_PAGES = 200;
    /** Twilio's clock and ours differ by seconds. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(3);

    private static final int FEW = 50;
    /** Attributes that name a call: the caller's leg, and the worker's. */
    private static final List<String> CALLS = List.of("call_sid", "worker_call_sid");

    /** Statuses of a task that no worker has accepted. */
    private static final Set<String> OPEN = Set.of("pending", "reserved");

    /** Each refusal means that somebody else's write went through, so a few tries outlast any real contention. */
    private static final int MERGE_TRIES = 10;

    private Tasks() {}

    /**
     * The live task of a call, or of the call that dequeued it, in the org's workflow or the one that is named, or
     * {@code null}.
     */
    static TaskView find(TwilioCall call) {
        String callSid = call.sid(TaskRouterConstants.CALL_SID, "CA");
        Search search = new Search(call, Set.of(callSid));
        if (!search.ends(FIRST_PAGE, FIRST_PAGE)) {
            search.ends(FURTHER_PAGES, search.limit);
        }
        return search.found.get(callSid);
    }

    /** The same for many calls, which are looked up in one list: the tasks by the SID of their call. */
    static Map<String, TaskView> findAll(TwilioCall call) {
        Search search = new Search(call, Set.copyOf(call.sids(TaskRouterConstants.CALL_SIDS, "CA")));
        if (!search.wanted.isEmpty()) {
            search.ends(FURTHER_PAGES, search.limit);
        }
        return search.found;
    }

    /**
     * Tasks are listed, newest first, and matched here, since Twilio takes only three expression queries
     * (EvaluateTaskAttributes) a second.
     */
    private static final class Search {

        private final TwilioCall call;
        private final Set<String> wanted;
        private final String workflow;
        private final Instant since;
        private final int limit;
        private final Map<String, TaskView> found = new HashMap<>();

        Search(TwilioCall call, Set<String> callSids) {
            this.call = call;
            this.wanted = new HashSet<>(callSids);
            String named = call.text(TaskRouterConstants.WORKFLOW_SID);
            this.workflow = named == null ? call.org().workflowSid() : named;
            Instant given = call.instant(TaskRouterConstants.SINCE);
            this.since = given == null ? Instant.MIN : given.minus(CLOCKS_DIFFER);
            this.limit = call.atLeastOne(TaskRouterConstants.LIMIT, FEW);
        }

        /** Looks at the newest tasks; false if more of them could have what is wanted. */
        boolean ends(int page, int tasks) {
            int left = Math.min(tasks, limit);
            String list = path(call) + "?WorkflowSid=" + workflow + LIVE + "&Ordering=DateCreated%3Adesc&PageSize="
                    + Math.min(page, left);
            Iterator<JsonNode> newestFirst = call.list(PRODUCT, list, "tasks").iterator();
            for (; left > 0 && newestFirst.hasNext(); left--) {
                JsonNode task = newestFirst.next();
                if (isBefore(task, since)) {
                    return true;
                }
                match(task, attributes(call, task));
                if (wanted.isEmpty()) {
                    return true;
                }
            }
            return left > 0 || tasks >= limit;
        }

        private void match(JsonNode task, Map<String, Object> attributes) {
            for (String name : CALLS) {
                Object callSid = attributes.get(name);
                if (wanted.remove(callSid)) {
                    found.put((String) callSid, TaskView.of(task, attributes, Reservations.live(call, task)));
                }
            }
        }
    }

    private static boolean isBefore(JsonNode task, Instant since) {
        String created = task.path("date_created").textValue();
        return created != null && Instant.parse(created).isBefore(since);
    }

    /** A task with its live reservation, or {@code null} when Twilio has forgotten it. */
    static TaskView read(TwilioCall call) {
        TwilioAnswer answer = call.fetch(PRODUCT, path(call, call.sid(TaskRouterConstants.TASK_SID, "WT")));
        return answer == null
                ? null
                : TaskView.of(answer.json(), attributes(answer.json()), Reservations.live(call, answer.json()));
    }

    /** A list may leave the attributes out: "only displayed in FETCH". */
    static Map<String, Object> attributes(TwilioCall call, JsonNode listed) {
        if (listed.path("attributes").isTextual()) {
            return attributes(listed);
        }
        TwilioAnswer answer = call.fetch(PRODUCT, path(call, listed.path("sid").textValue()));
        return answer == null ? Map.of() : attributes(answer.json()); // null: it ended since it was listed
    }

    static Map<String, Object> attributes(JsonNode task) {
        return Attributes.read(task.path("attributes").textValue());
    }

    /**
     * Merges changes into the task's attributes, and merges anew when somebody else has written in between.
     *
     * @return all attributes after the merge; {@code null} when it was to be done while the task is pending, and it is not any more
     */
    static Map<String, Object> mergeAttributes(TwilioCall call) {
        String path = path(call, call.sid(TaskRouterConstants.TASK_SID, "WT"));
        Map<String, Object> changes = call.attributesOrBody(TaskRouterConstants.ATTRIBUTES);
        boolean onlyPending = Boolean.parseBoolean(call.text(TaskRouterConstants.ONLY_PENDING));
        for (int attempt = 1; ; attempt++) {
            TwilioAnswer fetched = call.send(TwilioRequest.get(PRODUCT, path));
            if (onlyPending
                    && !"pending"
                            .equals(fetched.json().path("assignment_status").textValue())) {
                return null;
            }
            Map<String, Object> present = attributes(fetched.json());
            Map<String, Object> merged = Attributes.merge(present, changes);
            if (merged.equals(present)) {
                return present;
            }
            try {
                call.send(TwilioRequest.post(PRODUCT, path, Map.of("Attributes", Attributes.write(merged)))
                        .ifMatch(version(fetched)));
                return merged;
            } catch (TwilioFailure failure) {
                if (!Integer.valueOf(412).equals(failure.getStatusCode()) || attempt == MERGE_TRIES) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Cancels a task that no worker has accepted. Its version decides between us and a worker who accepts at the same moment: Twilio refuses
     * a write whose {@code If-Match} is not the task's ETag any more with 412 (Twilio documentation, "Task Resource", Task version).
     *
     * @return the task as it is then: canceled by us if it is canceled for this reason, or else as others have left it; {@code null} when
     *     Twilio has forgotten it
     */
    static TaskView cancel(TwilioCall call) {
        String path = path(call, call.sid(TaskRouterConstants.TASK_SID, "WT"));
        Map<String, String> canceled =
                Map.of("AssignmentStatus", "canceled", "Reason", call.required(TaskRouterConstants.REASON));
        for (int attempt = 1; ; attempt++) {
            TwilioAnswer fetched = call.fetch(PRODUCT, path);
            if (fetched == null) {
                return null;
            }
            if (!OPEN.contains(fetched.json().path("assignment_status").textValue())) {
                return TaskView.of(fetched.json(), attributes(fetched.json()), null);
            }
            try {
                TwilioAnswer answer =
                        call.send(TwilioRequest.post(PRODUCT, path, canceled).ifMatch(version(fetched)));
                return TaskView.of(answer.json(), attributes(answer.json()), null);
            } catch (TwilioFailure failure) {
                if (!Integer.valueOf(412).equals(failure.getStatusCode()) || attempt == MERGE_TRIES) {
                    throw failure;
                }
            }
        }
    }

    /** The ETag's bare number, which is what Twilio's own template sends as If-Match. */
    private static String version(TwilioAnswer task) {
        if (task.version() == null) {
            throw new IllegalStateException(
                    "Twilio gave no ETag with the task, so its attributes cannot be written without losing others'");
        }
        return task.version().replaceAll("^W/|\"", "");
    }

    static String path(TwilioCall call) {
        return "/v1/Workspaces/" + call.org().workspaceSid() + "/Tasks";
    }

    static String path(TwilioCall call, String task) {
        return path(call) + "/" + task;
    }
}
