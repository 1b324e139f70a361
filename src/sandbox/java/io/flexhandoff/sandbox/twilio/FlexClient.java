package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Faults;
import io.flexhandoff.sandbox.faults.Traffic;
import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.sandbox.twilio.Conversation.Participant;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * What Flex's page in a rep's browser does with the thread of a task of the first account. Methods throw {@link IllegalArgumentException}
 * when there is no such conversation.
 */
public final class FlexClient {

    private final Accounts accounts;
    private final Faults faults;

    FlexClient(Accounts accounts, Faults faults) {
        this.accounts = accounts;
        this.faults = faults;
    }

    /**
     * A rep joins, as by the request that Flex UI 2.17.1 sends: {@code POST /v1/Channels/{CH}/Roles/{role}/Users} with {@code Identity}.
     *
     * @throws TwilioError as a fault of {@code flex-api} refuses it, or 409 when the rep takes part already
     * @throws IllegalStateException if the conversation is closed
     */
    public void join(String conversationSid, String identity) {
        changeOpen(conversationSid, (state, conversation) -> {
            faults.refusal(traffic(state, conversation, identity)).ifPresent(error -> {
                throw error;
            });
            if (conversation.participants.values().stream().anyMatch(other -> identity.equals(other.identity()))) {
                throw new TwilioError(409, 50433, "Participant already exists");
            }
            Participant participant = new Participant(
                    Sids.random("MB"),
                    identity,
                    null,
                    null,
                    "{}",
                    Sids.of("RL", state.account().accountSid()),
                    Instant.now());
            conversation.participants.put(participant.sid(), participant);
            state.conversations().events().participantAdded(state.conversations(), conversation, participant);
        });
    }

    private static Traffic traffic(AccountState state, Conversation conversation, String identity) {
        return new Traffic(
                "flex-api",
                state.account().accountSid(),
                "POST",
                "/v1/Channels/" + conversation.sid + "/Roles/agent/Users",
                MultiMap.caseInsensitiveMultiMap().add("Identity", identity),
                callSid -> callSid.equals(Conversations.callOf(conversation)));
    }

    /** A rep leaves. */
    public void leave(String conversationSid, String identity) {
        change(conversationSid, (state, conversation) -> conversation
                .participants
                .values()
                .removeIf(participant -> identity.equals(participant.identity())));
    }

    /**
     * Replaces the conversation's attributes.
     *
     * @param attributes a JSON object
     * @throws IllegalStateException if the conversation is closed
     */
    public void attributes(String conversationSid, String attributes) {
        changeOpen(conversationSid, (state, conversation) -> {
            conversation.attributes = attributes;
            conversation.updated = Instant.now();
        });
    }

    private void changeOpen(String conversationSid, BiConsumer<AccountState, Conversation> change) {
        change(conversationSid, (state, conversation) -> {
            if (conversation.isClosed()) {
                throw new IllegalStateException("The conversation is closed, and that is its final state");
            }
            change.accept(state, conversation);
        });
    }

    private void change(String conversationSid, BiConsumer<AccountState, Conversation> change) {
        accounts.inFirst(state -> {
            Conversation conversation = state.conversations().find(conversationSid);
            if (conversation == null) {
                throw new IllegalArgumentException("There is no conversation " + conversationSid);
            }
            change.accept(state, conversation);
            state.conversations().changed(conversation);
            return null;
        });
    }
}
