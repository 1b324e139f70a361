package io.flexhandoff.sandbox.twilio;

/**
 * A Twilio account that the sandbox plays.
 *
 * @param accountSid {@code AC…}, the user name of its API requests
 * @param authToken the password of its API requests, and the key of the signature on its webhooks
 * @param workspaceSid its TaskRouter workspace in which calls are routed, {@code WS…}
 * @param workflowSid its workflow {@code Support}, {@code WW…}
 * @param conversationsServiceSid its only Conversations service, {@code IS…}
 * @param aiQueueSid its queue {@code AI Agents}, {@code WQ…}; {@code null} for one that follows from the workspace
 * @param humanQueueSid its queue {@code Human Support}, {@code WQ…}; {@code null} likewise
 * @param aiWorkerSid its worker {@code AI Support Agent}, {@code WK…}; {@code null} likewise
 */
public record SandboxAccount(
        String accountSid,
        String authToken,
        String workspaceSid,
        String workflowSid,
        String conversationsServiceSid,
        String aiQueueSid,
        String humanQueueSid,
        String aiWorkerSid) {

    public SandboxAccount {
        aiQueueSid = aiQueueSid != null ? aiQueueSid : Sids.of("WQ", workspaceSid, "ai");
        humanQueueSid = humanQueueSid != null ? humanQueueSid : Sids.of("WQ", workspaceSid, "human");
        aiWorkerSid = aiWorkerSid != null ? aiWorkerSid : Sids.of("WK", workspaceSid, "AI Support Agent");
    }

    /** The account of the demo. Its SIDs are the same after every start; its auth token opens nothing but a sandbox. */
    public static SandboxAccount demo() {
        return named("demo", "sandbox-demo-auth-token");
    }

    /** An account whose SIDs follow from a name, so that they survive a restart. */
    public static SandboxAccount named(String name, String authToken) {
        return new SandboxAccount(
                Sids.of("AC", name),
                authToken,
                Sids.of("WS", name),
                Sids.of("WW", name),
                Sids.of("IS", name),
                null,
                null,
                null);
    }

    @Override
    public String toString() {
        return "SandboxAccount[" + accountSid + "]";
    }
}
