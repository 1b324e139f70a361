package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.component.Attributes;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.org.Org;
import io.flexhandoff.workflow.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The AI as a worker of the workspace, in an activity in which it is offered tasks. An org without an AI queue has none:
 * its calls do not come through Flex. Its state: its SID and its activity's.
 */
final class AiWorkerPart implements Part {

    /** Its name in the workspace, and in every thread. */
    static final String NAME = "AI Support Agent";

    private static final Map<String, Object> ATTRIBUTES = Map.of("roles", List.of("ai"));
    private static final String NEW = "new ";

    private final TwilioAccount account;
    private final Org org;

    AiWorkerPart(TwilioAccount account, Org org) {
        this.account = account;
        this.org = org;
    }

    @Override
    public String name() {
        return "ai-worker";
    }

    @Override
    public String resource() {
        return "AI worker";
    }

    @Override
    public String state() {
        JsonNode worker = worker();
        return worker == null ? null : stateOf(worker);
    }

    private static String stateOf(JsonNode worker) {
        return worker.path("sid").asText() + " " + worker.path("activity_sid").asText();
    }

    private JsonNode worker() {
        if (org.aiWorker().sid() != null) {
            return account.worker(org.aiWorker().sid());
        }
        // names are unique whatever their case
        return account.workers().stream()
                .filter(worker -> worker.path("friendly_name").asText().equalsIgnoreCase(NAME))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Wish wish(boolean replace) {
        if (!hasQueue() && org.aiWorker().sid() == null) {
            return Wish.nothing(null);
        }
        JsonNode worker = worker();
        List<JsonNode> activities = account.activities();
        List<String> notes = notes(worker);
        if (worker != null
                && isAvailable(activities, worker.path("activity_sid").asText())) {
            return new Wish(stateOf(worker), stateOf(worker), List.of(), notes);
        }
        String present = worker == null ? null : stateOf(worker);
        JsonNode activity = activities.stream()
                .filter(each -> each.path("available").asBoolean())
                .findFirst()
                .orElse(null);
        if (activity == null) {
            String problem = "the workspace has no activity in which a worker is available; add one in the Console";
            return new Wish(present, present, List.of(new Change(resource(), "create", null, NAME, problem)), notes);
        }
        String name = activity.path("friendly_name").asText();
        String activitySid = activity.path("sid").asText();
        return worker == null
                ? new Wish(
                        null,
                        NEW + activitySid,
                        List.of(Change.of(resource(), "create", null, NAME + ", " + name)),
                        notes)
                : new Wish(
                        present,
                        worker.path("sid").asText() + " " + activitySid,
                        List.of(Change.of(
                                resource(),
                                "update",
                                shown(worker),
                                worker.path("friendly_name").asText() + ", " + name)),
                        notes);
    }

    private List<String> notes(JsonNode worker) {
        List<String> notes = new ArrayList<>();
        if (org.aiWorker().sid() == null) {
            notes.add(
                    worker == null
                            ? "Apply creates the AI worker and tells its SID, for handoff.orgs." + org.name()
                                    + ".ai-worker.sid"
                            : "Set handoff.orgs." + org.name() + ".ai-worker.sid to "
                                    + worker.path("sid").asText() + ", the AI worker");
        }
        if (hasQueue()) {
            JsonNode queue = account.queue("ai-queue-sid", org.aiQueueSid());
            String wanted = queue.path("target_workers").asText("");
            if (!takes(wanted, worker)) {
                notes.add("The queue " + queue.path("friendly_name").asText() + " takes workers by " + wanted
                        + ", which the AI worker does not match: give it such attributes in the Console");
            }
        }
        return notes;
    }

    private boolean hasQueue() {
        return org.aiQueueSid() != null && !org.aiQueueSid().isBlank();
    }

    private static boolean takes(String wanted, JsonNode worker) {
        try {
            Map<String, Object> attributes = worker == null
                    ? ATTRIBUTES
                    : Attributes.read(worker.path("attributes").asText(""));
            return Expression.parse(wanted).matchesWorker(attributes);
        } catch (IllegalArgumentException unreadable) {
            return true;
        }
    }

    private static boolean isAvailable(List<JsonNode> activities, String sid) {
        return activities.stream()
                .anyMatch(activity -> activity.path("available").asBoolean()
                        && activity.path("sid").asText().equals(sid));
    }

    @Override
    public void write(String state) {
        if (state == null) {
            delete();
        } else if (state.startsWith(NEW)) {
            account.createWorker(Map.of(
                    "FriendlyName",
                    NAME,
                    "ActivitySid",
                    state.substring(NEW.length()),
                    "Attributes",
                    Attributes.write(ATTRIBUTES)));
        } else {
            account.writeWorker(
                    state.substring(0, state.indexOf(' ')),
                    Map.of("ActivitySid", state.substring(state.indexOf(' ') + 1)));
        }
    }

    /** First takes it out of reach: Twilio keeps a worker who may be offered a task. */
    private void delete() {
        JsonNode worker = worker();
        if (worker == null) {
            return;
        }
        String sid = worker.path("sid").asText();
        account.activities().stream()
                .filter(activity -> !activity.path("available").asBoolean())
                .findFirst()
                .ifPresent(activity -> account.writeWorker(
                        sid, Map.of("ActivitySid", activity.path("sid").asText())));
        account.deleteWorker(sid);
    }

    private static String shown(JsonNode worker) {
        return worker.path("friendly_name").asText() + ", "
                + worker.path("activity_name").asText();
    }

    @Override
    public String shown(String state) {
        return state == null ? null : state.substring(0, state.indexOf(' '));
    }
}
