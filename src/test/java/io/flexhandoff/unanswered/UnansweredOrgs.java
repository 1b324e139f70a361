package io.flexhandoff.unanswered;

import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Orgs of the sandbox, each with an account and a ladder of its own. */
final class UnansweredOrgs {

    private UnansweredOrgs() {}

    /** @param number of the org, which its SIDs end with @param unanswered settings below {@code unanswered.} */
    static void add(DynamicPropertyRegistry properties, String name, int number, Map<String, String> unanswered) {
        String org = "handoff.orgs." + name + ".";
        String digits = String.format("%032d", number);
        Map.of("account-sid", "AC", "workspace-sid", "WS", "workflow-sid", "WW", "conversations-service-sid", "IS")
                .forEach((setting, kind) -> properties.add(org + setting, () -> kind + digits));
        properties.add(org + "human-queue-sid", () -> "WQ" + digits);
        properties.add(org + "auth-token", () -> "token-" + digits);
        properties.add(org + "api-keys", () -> name + "-key");
        properties.add(org + "webhook-token", () -> "webhook-" + digits);
        unanswered.forEach((setting, value) -> properties.add(org + "unanswered." + setting, () -> value));
    }
}
