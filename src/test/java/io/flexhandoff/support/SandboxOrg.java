package io.flexhandoff.support;

import io.flexhandoff.org.Org;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import java.util.List;

/** An account of the sandbox, as the settings of an org name it. */
public final class SandboxOrg {

    private SandboxOrg() {}

    /** @param key the org's API key */
    public static Org of(SandboxAccount account, String key) {
        return of(account, key, null);
    }

    /** @param webhookToken part of the URLs that Twilio calls, or {@code null} */
    public static Org of(SandboxAccount account, String key, String webhookToken) {
        return new Org(
                null,
                account.accountSid(),
                account.authToken(),
                account.workspaceSid(),
                account.workflowSid(),
                account.conversationsServiceSid(),
                account.aiQueueSid(),
                account.humanQueueSid(),
                List.of(key),
                webhookToken,
                null,
                null);
    }
}
