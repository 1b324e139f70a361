package io.flexhandoff.support;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.RelayFailure;
import io.flexhandoff.org.TwilioAccess;
import io.flexhandoff.org.TwilioLogin;
import java.util.Map;

/** An org that Twilio knows by something else than its auth token. */
public final class OrgWith {

    private OrgWith() {}

    /** @param authToken may be {@code null} */
    public static Org access(Org org, String authToken, TwilioAccess access) {
        return with(org, authToken, access, org.relayFailure());
    }

    /** What becomes of a caller whose session breaks down. */
    public static Org relayFailure(Org org, String choice, String twiml) {
        return with(org, org.authToken(), org.access(), new RelayFailure(choice, twiml));
    }

    private static Org with(Org org, String authToken, TwilioAccess access, RelayFailure relayFailure) {
        return new Org(
                org.name(),
                org.accountSid(),
                authToken,
                org.workspaceSid(),
                org.workflowSid(),
                org.conversationsServiceSid(),
                org.aiQueueSid(),
                org.humanQueueSid(),
                org.apiKeys(),
                org.webhookToken(),
                org.aiWorker(),
                org.threadAttribute(),
                access,
                org.scopedKeys(),
                relayFailure);
    }

    /** An API key in place of the auth token for requests, and a signing key for what Twilio calls. */
    public static Org apiKey(Org org, String sid, String secret) {
        return login(org, new TwilioLogin(sid, secret, null, null));
    }

    public static Org login(Org org, TwilioLogin login) {
        return access(org, null, new TwilioAccess(Map.of("WK1", "signing-secret"), login, null, null));
    }
}
