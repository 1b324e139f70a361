package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.connect.RequiredEvents;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.WebhookUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does the workspace send its events here, all that are needed, by its callback or by Event Streams? */
final class TaskRouterWebhookCheck implements Check {

    private final DoorUrls urls;

    TaskRouterWebhookCheck(DoorUrls urls) {
        this.urls = urls;
    }

    @Override
    public String name() {
        return "taskrouter-webhook";
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        WebhookUrl url = new WebhookUrl(read.org(), urls);
        return url.problem() != null
                ? StrangeUrl.unknown()
                : either(look(read, url, read.workspace().orElseThrow()), read, url);
    }

    /** What the callback lacks Event Streams may bring. */
    private static Outcome either(Outcome callback, OrgInTwilio read, WebhookUrl url) {
        if (callback.status() == Status.OK) {
            return callback;
        }
        Set<String> streamed = read.streamedTo(url::isOfStream);
        List<String> lacking = RequiredEvents.STREAMED.stream()
                .filter(type -> !streamed.contains(type))
                .toList();
        if (lacking.isEmpty()) {
            return Outcome.ok("TaskRouter's events come here by Event Streams");
        }
        return streamed.isEmpty() || callback.status() != Status.FAILED
                ? callback
                : Outcome.failed(
                        "Event Streams does not send " + String.join(", ", lacking),
                        "The subscription of our sink has only some of the types that a handoff needs",
                        "Let it be done: connect " + read.org().name() + " --apply --events=stream");
    }

    private static Outcome look(OrgInTwilio read, WebhookUrl url, Workspace workspace) {
        String present = Optional.ofNullable(workspace.getEventCallbackUrl())
                .map(URI::toString)
                .orElse("");
        String place = Places.eventCallbacks(read);
        String set = "Set the URL of " + Places.URLS + " in " + place;
        if (present.isBlank()) {
            return Outcome.failed(
                    "TaskRouter tells nobody what becomes of tasks: no handoff is ever shown as accepted",
                    "The workspace has no event callback URL",
                    set + Places.orConnect(read));
        }
        Optional<StrangeUrl> strange = StrangeUrl.of(present, url, read.org());
        if (strange.isPresent()) {
            return Outcome.failed(
                    "TaskRouter sends its events to " + strange.get().what(),
                    strange.get().cause(),
                    strange.get().others()
                            ? "A workspace has one event callback URL: find out whose it is, then set ours in " + place
                                    + ", or connect " + read.org().name()
                                    + " --apply --replace, or connect "
                                    + read.org().name()
                                    + " --apply --events=stream, which leaves it alone; or put handoff.public-url right"
                            : set + Places.orConnect(read));
        }
        List<String> events = events(workspace);
        List<String> lacking = RequiredEvents.TASKROUTER.stream()
                .filter(type -> !events.contains(type))
                .toList();
        if (!events.isEmpty() && !lacking.isEmpty()) {
            return Outcome.failed(
                    "TaskRouter does not send " + String.join(", ", lacking),
                    "The workspace sends only the events that are ticked",
                    "Tick them in " + place + Places.orConnect(read));
        }
        if (!present.contains("#")) {
            return Outcome.warning(
                    "TaskRouter sends its events here, and tries each only once",
                    "The URL has no connection overrides: an event during a restart is not sent again",
                    "Put " + WebhookUrl.RETRIES + " at its end in " + place + Places.orConnect(read));
        }
        return Outcome.ok("TaskRouter sends its events here");
    }

    /** Those that are sent; empty means all. */
    private static List<String> events(Workspace workspace) {
        String filter = workspace.getEventsFilter();
        return filter == null || filter.isBlank()
                ? List.of()
                : Arrays.stream(filter.split(",")).map(String::strip).toList();
    }
}
