package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.door.WebhookUrl;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one URL that a TaskRouter workspace reports its events to. Its state: the URL, a new line, the events' names. */
final class TaskRouterWebhook implements Part {

    private static final String STREAM =
            "With events=stream TaskRouter's events come by Event Streams, and the workspace's URL stays with whoever has it";

    private final TwilioAccount account;
    private final WebhookUrl own;

    TaskRouterWebhook(TwilioAccount account, WebhookUrl own) {
        this.account = account;
        this.own = own;
    }

    @Override
    public String name() {
        return "taskrouter-webhook";
    }

    @Override
    public String resource() {
        return "TaskRouter webhook";
    }

    @Override
    public String state() {
        JsonNode workspace = account.workspace();
        String events = String.join(",", events(workspace.path("events_filter").asText("")));
        return text(workspace, "event_callback_url") + "\n" + events;
    }

    /** Whether the workspace reports to us. */
    boolean stands() {
        return own.is(url(state()));
    }

    static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : "";
    }

    private static Set<String> events(String list) {
        Set<String> events = new LinkedHashSet<>(Arrays.asList(list.strip().split("\\s*,\\s*")));
        events.removeAll(Set.of("", "null"));
        return events;
    }

    private static String url(String state) {
        return state.substring(0, state.indexOf('\n'));
    }

    private static Set<String> eventsOf(String state) {
        return events(state.substring(state.indexOf('\n') + 1));
    }

    @Override
    public Wish wish(boolean replace) {
        String present = state();
        String url = url(present);
        if (own.problem() != null) {
            return new Wish(
                    present,
                    present,
                    List.of(new Change(resource(), "set", own.shown(url), null, own.problem())),
                    List.of());
        }
        Set<String> events = eventsOf(present);
        boolean allEvents = own.is(url) && (events.isEmpty() || events.containsAll(RequiredEvents.TASKROUTER));
        if (allEvents && own.hasRetries(url)) {
            return Wish.nothing(present);
        }
        String wantedUrl = own.is(url) && own.hasRetries(url) ? url : own.withRetries();
        // the events that another system wanted are no business of ours
        Set<String> wanted = new LinkedHashSet<>(own.isForeign(url) || url.isEmpty() ? Set.of() : events);
        if (!allEvents) {
            wanted.addAll(RequiredEvents.TASKROUTER);
        }
        String state = wantedUrl + "\n" + String.join(",", wanted);
        boolean foreign = own.isForeign(url);
        return new Wish(
                present,
                state,
                List.of(new Change(
                        resource(),
                        foreign ? "replace" : url.isEmpty() ? "set" : "update",
                        shown(present),
                        shown(state),
                        foreign && !replace ? Change.displaces(url) : null)),
                foreign && !replace ? List.of(STREAM) : List.of());
    }

    @Override
    public void write(String state) {
        account.writeWorkspace(
                Map.of("EventCallbackUrl", url(state), "EventsFilter", String.join(",", eventsOf(state))));
    }

    @Override
    public String shown(String state) {
        if (url(state).isEmpty()) {
            return null;
        }
        int events = eventsOf(state).size();
        return own.shown(url(state)) + (events == 0 ? ", all events" : ", " + events + " events");
    }
}
