package io.flexhandoff.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/**
 * An org as the server under test knows it; the stand-in for Twilio takes any.
 *
 * @param name its name in the API's paths
 * @param digit of which its SIDs consist, {@code a} for the one that the Express service has built in
 */
public record Org(String name, char digit) {

    public static final Org FIRST = new Org("bench", 'a');

    /** A tenant beside it. */
    public static final Org SECOND = new Org("beside", 'b');

    public String sid(String kind) {
        return kind + String.valueOf(digit).repeat(32);
    }

    public String token() {
        return "token-" + digit;
    }

    public String apiKey() {
        return name + "-key";
    }

    /** The part of its URLs that only Twilio knows. */
    String webhookToken() {
        return "webhooks-" + digit;
    }

    /** Value of the header in which Twilio's requests carry account and token. */
    public String basic() {
        String user = sid("AC") + ":" + token();
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code handoff.orgs.NAME.*} */
    public void putSettings(Properties settings) {
        String prefix = "handoff.orgs." + name + ".";
        settings.setProperty(prefix + "account-sid", sid("AC"));
        settings.setProperty(prefix + "auth-token", token());
        settings.setProperty(prefix + "workspace-sid", sid("WS"));
        settings.setProperty(prefix + "workflow-sid", sid("WW"));
        settings.setProperty(prefix + "conversations-service-sid", sid("IS"));
        settings.setProperty(
                prefix + "ai-queue-sid", "WQ" + String.valueOf(digit).repeat(31) + "1");
        settings.setProperty(
                prefix + "human-queue-sid", "WQ" + String.valueOf(digit).repeat(31) + "2");
        settings.setProperty(prefix + "api-keys", apiKey());
        settings.setProperty(prefix + "webhook-token", webhookToken());
    }
}
