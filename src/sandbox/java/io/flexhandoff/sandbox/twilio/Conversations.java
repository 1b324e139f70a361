package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Conversations service of an account: its conversations and the settings of its webhook. */
final class Conversations {

    private static final Pattern SID = Pattern.compile("CH[0-9a-fA-F]{32}");
    private static final Pattern CALL_SID = Pattern.compile("CA[0-9a-fA-F]{32}");

    private final ConversationsEvents events;
    private final Changes changes;
    private final Shelf<Conversation> conversations = new Shelf<>(conversation -> conversation.sid);
    private final Map<String, String> sidByUniqueName = new HashMap<>();
    private final Map<String, String> sidByCallSid = new HashMap<>();

    final Instant created = Instant.now();
    String preWebhookUrl;
    String postWebhookUrl;
    String webhookMethod = "POST";
    List<String> webhookFilters = List.of();
    /** Default timers of conversations, ISO 8601 durations, {@code null} for none; the sandbox shows them only. */
    String inactiveTimer;

    String closedTimer;

    /** The service that Flex uses, {@code null} for this one. */
    String flexServiceSid;

    Conversations(ConversationsEvents events, Changes changes) {
        this.events = events;
        this.changes = changes;
    }

    /** The webhook's events, for writes that ask for them. */
    ConversationsEvents events() {
        return events;
    }

    /** The conversation with that SID or unique name, {@code null} when there is none. */
    Conversation find(String sidOrUniqueName) {
        Conversation conversation = conversations.get(sidOrUniqueName);
        return conversation != null ? conversation : conversations.get(sidByUniqueName.get(sidOrUniqueName));
    }

    /** The SID of the conversation whose unique name holds the call's SID, {@code null} when there is none. */
    String ofCall(String callSid) {
        return sidByCallSid.get(callSid);
    }

    /** All, oldest first. */
    List<Conversation> all() {
        return conversations.all();
    }

    /** At most so many, those that are not closed first, newest first. */
    List<Conversation> newest(int limit) {
        return conversations.newest(limit);
    }

    /**
     * Takes a new conversation.
     *
     * @throws TwilioError 50353 if its unique name is taken, 50390 if that looks like a SID
     */
    void add(Conversation conversation) {
        name(conversation, conversation.uniqueName);
        conversations.add(conversation);
        changed(conversation);
    }

    /**
     * Gives a conversation a unique name, or none.
     *
     * @throws TwilioError 50353 if it is taken, 50390 if it looks like a SID
     */
    void name(Conversation conversation, String uniqueName) {
        if (uniqueName != null) {
            if (SID.matcher(uniqueName).matches()) {
                throw new TwilioError(400, 50390, "UniqueName may not look like a Conversation SID");
            }
            String owner = sidByUniqueName.get(uniqueName);
            if (owner != null && !owner.equals(conversation.sid)) {
                throw new TwilioError(409, 50353, "Conversation with provided unique name already exists");
            }
        }
        unname(conversation);
        conversation.uniqueName = uniqueName;
        if (uniqueName != null) {
            sidByUniqueName.put(uniqueName, conversation.sid);
            callSid(uniqueName).ifPresent(callSid -> sidByCallSid.put(callSid, conversation.sid));
        }
    }

    private void unname(Conversation conversation) {
        if (conversation.uniqueName != null) {
            sidByUniqueName.remove(conversation.uniqueName, conversation.sid);
            callSid(conversation.uniqueName).ifPresent(callSid -> sidByCallSid.remove(callSid, conversation.sid));
        }
    }

    /** The SID of the call that the unique name of a conversation holds, {@code null} when there is none. */
    static String callOf(Conversation conversation) {
        return conversation.uniqueName == null
                ? null
                : callSid(conversation.uniqueName).orElse(null);
    }

    private static Optional<String> callSid(String uniqueName) {
        Matcher callSid = CALL_SID.matcher(uniqueName);
        return callSid.find() ? Optional.of(callSid.group()) : Optional.empty();
    }

    /** Notes that a conversation has changed; a closed one may be forgotten when many more have been closed. */
    void changed(Conversation conversation) {
        if (conversation.isClosed()) {
            conversations.finish(conversation).ifPresent(this::unname);
        }
        changes.changed("conversation", conversation.sid);
    }

    void remove(Conversation conversation) {
        unname(conversation);
        conversations.remove(conversation.sid);
        changes.changed("conversation", conversation.sid);
    }
}
