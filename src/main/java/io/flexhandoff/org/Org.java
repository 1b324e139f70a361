package io.flexhandoff.org;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One customer in one environment: its own Twilio account, API keys and webhook token.
 *
 * <p>Configured as {@code handoff.orgs.<name>.*}. {@link #toString()} shows identifiers only, never a secret.
 *
 * @param name the org's name in URLs and configuration
 * @param accountSid Twilio account ({@code AC…})
 * @param authToken secret; authenticates to Twilio and validates Twilio's signatures; {@code null} where API key or OAuth client and
 *     signing keys do so
 * @param workspaceSid TaskRouter workspace of Flex ({@code WS…})
 * @param workflowSid workflow that routes handed-off calls ({@code WW…})
 * @param conversationsServiceSid Conversations service that holds the threads ({@code IS…})
 * @param aiQueueSid queue of the AI worker ({@code WQ…}), may be {@code null}
 * @param humanQueueSid queue of the reps ({@code WQ…}), may be {@code null}
 * @param apiKeys secrets; bearer keys that open everything, as a configuration from before there were scopes has them
 * @param webhookToken secret; last part of the org's webhook URL, may be {@code null}
 * @param aiWorker the AI as a worker of the workspace; what it does not say is {@code null}
 * @param threadAttribute the task attribute that holds a thread's SID, see {@link ThreadAttribute}; {@code null} for Flex's own
 * @param access what there is for Twilio beside the auth token
 * @param scopedKeys the API keys that open what they are for
 * @param relayFailure what becomes of a caller whose ConversationRelay session breaks down
 */
public record Org(
        String name,
        String accountSid,
        String authToken,
        String workspaceSid,
        String workflowSid,
        String conversationsServiceSid,
        String aiQueueSid,
        String humanQueueSid,
        List<String> apiKeys,
        String webhookToken,
        AiWorker aiWorker,
        String threadAttribute,
        TwilioAccess access,
        ScopedKeys scopedKeys,
        RelayFailure relayFailure) {

    /** An org whose auth token is all that it and Twilio know each other by. */
    public Org(
            String name,
            String accountSid,
            String authToken,
            String workspaceSid,
            String workflowSid,
            String conversationsServiceSid,
            String aiQueueSid,
            String humanQueueSid,
            List<String> apiKeys,
            String webhookToken,
            AiWorker aiWorker,
            String threadAttribute) {
        this(
                name,
                accountSid,
                authToken,
                workspaceSid,
                workflowSid,
                conversationsServiceSid,
                aiQueueSid,
                humanQueueSid,
                apiKeys,
                webhookToken,
                aiWorker,
                threadAttribute,
                TwilioAccess.NONE,
                ScopedKeys.NONE,
                RelayFailure.NONE);
    }

    public Org {
        accountSid = AiWorker.textOrNull(accountSid);
        authToken = authToken == null || authToken.isBlank() ? null : authToken;
        workspaceSid = AiWorker.textOrNull(workspaceSid);
        workflowSid = AiWorker.textOrNull(workflowSid);
        conversationsServiceSid = AiWorker.textOrNull(conversationsServiceSid);
        aiQueueSid = AiWorker.textOrNull(aiQueueSid);
        humanQueueSid = AiWorker.textOrNull(humanQueueSid);
        apiKeys = apiKeys == null ? List.of() : List.copyOf(apiKeys);
        aiWorker = aiWorker == null ? AiWorker.NONE : aiWorker;
        threadAttribute = threadAttribute == null || threadAttribute.isBlank()
                ? ThreadAttribute.OF_FLEX
                : threadAttribute.strip();
        access = access == null ? TwilioAccess.NONE : access;
        scopedKeys = scopedKeys == null ? ScopedKeys.NONE : scopedKeys;
        relayFailure = relayFailure == null ? RelayFailure.NONE : relayFailure;
    }

    /** The same org with its name, which configuration knows as a key and not as a value, and its secrets put right. */
    Org named(
            String newName,
            String newAuthToken,
            List<String> newApiKeys,
            String newWebhookToken,
            TwilioAccess newAccess,
            ScopedKeys newScopedKeys) {
        return new Org(
                newName,
                accountSid,
                newAuthToken,
                workspaceSid,
                workflowSid,
                conversationsServiceSid,
                aiQueueSid,
                humanQueueSid,
                newApiKeys,
                newWebhookToken,
                aiWorker,
                threadAttribute,
                newAccess,
                newScopedKeys,
                relayFailure);
    }

    /** The same with the secrets of another, and what they belong to. */
    Org withSecretsOf(Org other) {
        return named(
                name,
                other.authToken,
                other.apiKeys,
                other.webhookToken,
                access.withSecretsOf(other.access),
                other.scopedKeys);
    }

    /** The API keys that open what is in a scope, those for it alone first. */
    public List<String> keysFor(KeyScope scope) {
        return Stream.concat(scopedKeys.of(scope).stream(), apiKeys.stream()).toList();
    }

    Set<String> allKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (KeyScope scope : KeyScope.values()) {
            keys.addAll(keysFor(scope));
        }
        return keys;
    }

    @Override
    public String toString() {
        return "Org[" + name + ", account " + accountSid + ", workspace " + workspaceSid + ", workflow " + workflowSid
                + ", service " + conversationsServiceSid + "]";
    }
}
