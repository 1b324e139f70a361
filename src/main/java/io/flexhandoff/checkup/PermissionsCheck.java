package io.flexhandoff.checkup;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * May the org's API key or OAuth client do all that a handoff needs? Each request is tried on something that no account has, so that one which is
 * allowed finds nothing and changes nothing.
 */
final class PermissionsCheck implements Check {

    private static final String NOTHING = "0".repeat(32);
    private static final String CALL = "/Calls/CA" + NOTHING;
    private static final String CONVERSATIONS = "/v1/Services/IS" + NOTHING + "/Conversations";
    private static final String MESSAGES = CONVERSATIONS + "/CH" + NOTHING + "/Messages";
    private static final String TASK = "/Tasks/WT" + NOTHING;
    private static final String RESERVATION = TASK + "/Reservations/WR" + NOTHING;

    private final TwilioClients twilio;

    PermissionsCheck(TwilioClients twilio) {
        this.twilio = twilio;
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
        List<Needed> needed = needed(read.org());
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
