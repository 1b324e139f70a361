package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * May the org's API key or OAuth client do all that a handoff needs, and, where TaskRouter's events come by Event Streams or can come by
 * nothing else, what checkup and connect need of that? Each request is tried on something that no account has, so that one which is
 * allowed finds nothing and changes nothing.
 */
final class PermissionsCheck implements Check {

    private static final String NOTHING = "0".repeat(32);
    private static final String CALL = "/Calls/CA" + NOTHING;
    private static final String CONVERSATIONS = "/v1/Services/IS" + NOTHING + "/Conversations";
    private static final String MESSAGES = CONVERSATIONS + "/CH" + NOTHING + "/Messages";
    private static final String TASK = "/Tasks/WT" + NOTHING;
    private static final String RESERVATION = TASK + "/Reservations/WR" + NOTHING;

    private static final String SINKS = "/v1/Sinks";
    private static final String SINK = SINKS + "/DG" + NOTHING;
    private static final String SUBSCRIPTIONS = "/v1/Subscriptions";
    private static final String SUBSCRIPTION = SUBSCRIPTIONS + "/DF" + NOTHING;

    private final TwilioClients twilio;
    private final DoorUrls urls;

    PermissionsCheck(TwilioClients twilio, DoorUrls urls) {
        this.twilio = twilio;
        this.urls = urls;
    }

    /** @param words the permission, as one finds it in the Console */
    private record Needed(String words, TwilioRequest request) {}

    private static List<Needed> needed(Org org) {
        String account = "/2010-04-01/Accounts/" + org.accountSid();
        String workspace = "/v1/Workspaces/" + org.workspaceSid();
        return List.of(
                new Needed("Voice > Calls: read", TwilioRequest.get("api", account + CALL + ".json")),
                new Needed("Voice > Calls: update", post("api", account + CALL + ".json")),
                new Needed("Voice > Recordings: read", TwilioRequest.get("api", account + CALL + "/Recordings.json")),
                new Needed("Conversations: read", TwilioRequest.get("conversations", CONVERSATIONS + "/CH" + NOTHING)),
                new Needed("Conversations: create", post("conversations", CONVERSATIONS)),
                new Needed("Conversations: update", post("conversations", CONVERSATIONS + "/CH" + NOTHING)),
                new Needed("Conversations > Messages: read", TwilioRequest.get("conversations", MESSAGES)),
                new Needed("Conversations > Messages: create", post("conversations", MESSAGES)),
                new Needed("Conversations > Messages: update", post("conversations", MESSAGES + "/IM" + NOTHING)),
                new Needed(
                        "Conversations > Messages: delete",
                        TwilioRequest.delete("conversations", MESSAGES + "/IM" + NOTHING)),
                new Needed("TaskRouter > Tasks: read", TwilioRequest.get("taskrouter", workspace + TASK)),
                new Needed("TaskRouter > Tasks: update", post("taskrouter", workspace + TASK)),
                new Needed("TaskRouter > Reservations: read", TwilioRequest.get("taskrouter", workspace + RESERVATION)),
                new Needed("TaskRouter > Reservations: update", post("taskrouter", workspace + RESERVATION)));
    }

    /** What is created without anything that it must have is refused. */
    private static List<Needed> neededOfStreams() {
        return List.of(
                new Needed("Event Streams > Sinks: read", TwilioRequest.get("events", SINK)),
                new Needed("Event Streams > Sinks: create", post("events", SINKS)),
                new Needed("Event Streams > Sinks: delete", TwilioRequest.delete("events", SINK)),
                new Needed("Event Streams > Subscriptions: read", TwilioRequest.get("events", SUBSCRIPTION)),
                new Needed("Event Streams > Subscriptions: create", post("events", SUBSCRIPTIONS)),
                new Needed("Event Streams > Subscriptions: delete", TwilioRequest.delete("events", SUBSCRIPTION)));
    }

    /** Another has the workspace's one callback, or a sink of ours stands. */
    private boolean usesStreams(OrgInTwilio read) {
        WebhookUrl url = new WebhookUrl(read.org(), urls);
        try {
            return url.isForeign(read.workspace()
                            .map(Workspace::getEventCallbackUrl)
                            .map(URI::toString)
                            .orElse(""))
                    || !read.streamedTo(url::isOwnStream).isEmpty();
        } catch (TwilioFailure failure) {
            if (failure.isNotAllowed()) {
                return false;
            }
            throw failure;
        }
    }

    private static TwilioRequest post(String product, String path) {
        return TwilioRequest.post(product, path, Map.of());
    }

    @Override
    public String name() {
        return "permissions";
    }

    @Override
    public List<String> needs() {
        return List.of("credentials");
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        TwilioLogin login = read.org().access().login();
        if (!login.isGiven()) {
            return Outcome.ok("The auth token may do everything");
        }
        List<Needed> needed = new ArrayList<>(needed(read.org()));
        if (usesStreams(read)) {
            needed.addAll(neededOfStreams());
        }
        List<String> lacking = new ArrayList<>();
        for (Needed one : needed) {
            try {
                twilio.send(read.org().name(), one.request());
            } catch (TwilioFailure failure) {
                if (failure.isNotAllowed()) {
                    lacking.add(one.words() + " (" + failure.getMessage() + ")");
                } else if (failure.getStatusCode() == null || failure.getStatusCode() >= 500) {
                    throw failure;
                }
            }
        }
        if (lacking.isEmpty()) {
            return Outcome.ok("The " + login + " may do all that a handoff needs");
        }
        return Outcome.failed(
                "The " + login + " may not do " + lacking.size() + " of " + needed.size()
                        + " things that a handoff needs",
                "It lacks: " + lacking.stream().collect(Collectors.joining("; ")),
                "Give it these permissions at " + Places.KEYS + ", or use another one");
    }
}
