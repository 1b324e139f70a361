package io.flexhandoff.bench.standin;

import io.flexhandoff.bench.standin.Conversation.Message;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conversations v1, by service: {@code /conversations/v1/Services/IS…/Conversations/…}. */
final class Conversations {

    private static final Pattern CALL = Pattern.compile("CA[0-9a-f]{32}");
    /** Twilio's error for a UniqueName that a conversation has already. */
    private static final int NAME_TAKEN = 50353;

    private Conversations() {}

    static Answer answer(State state, Asked asked, String[] path) {
        if (path.length < 5 || !path[4].equals("Conversations")) {
            return null;
        }
        if (path.length == 5) {
            return asked.isPost() ? create(state, asked, path[3]) : null;
        }
        Conversation conversation = state.conversations.get(path[5]);
        if (conversation == null) {
            return Answer.notFound(asked);
        }
        if (path.length == 6) {
            conversation.state = asked.isPost() ? asked.field("State", conversation.state) : conversation.state;
            return asked.isDelete() ? null : Answer.ok(conversation.json());
        }
        if (!path[6].equals("Messages")) {
            return null;
        }
        if (path.length == 7) {
            return asked.isPost() ? append(state, asked, conversation) : list(asked, conversation);
        }
        Message message = conversation.message(path[7]);
        return message == null ? Answer.notFound(asked) : message(state, asked, conversation, message);
    }

    private static Answer create(State state, Asked asked, String service) {
        String uniqueName = asked.field("UniqueName");
        if (uniqueName != null && state.conversations.containsKey(uniqueName)) {
            return Answer.error(409, NAME_TAKEN, "Conversation with provided unique name already exists");
        }
        Matcher call = CALL.matcher(String.valueOf(uniqueName));
        Seen seen = call.find() ? state.call(call.group()) : null;
        Conversation conversation = new Conversation(
                state.newSid("CH"),
                service,
                uniqueName,
                asked.field("FriendlyName"),
                asked.field("Attributes", "{}"),
                seen);
        if (seen != null) {
            seen.threads++;
        }
        state.conversations.put(conversation.sid, conversation);
        if (uniqueName != null) {
            state.conversations.put(uniqueName, conversation);
        }
        return Answer.of(201, conversation.json());
    }

    private static Answer append(State state, Asked asked, Conversation conversation) {
        String body = asked.field("Body", "");
        Message message = conversation.append(
                state.newSid("IM"), asked.field("Author", "system"), body, asked.field("Attributes", "{}"));
        Answer answer = Answer.of(201, conversation.json(message));
        Seen seen = conversation.call;
        if (seen == null) {
            return answer;
        }
        Turn turn = Turn.in(body);
        if (turn == null) {
            seen.others++;
            return answer;
        }
        if (!turn.callSid().equals(seen.callSid)) {
            seen.strange++;
            return answer;
        }
        boolean repeated = seen.turns.contains(turn.sequence());
        int place = seen.turns.size();
        seen.turns.add(turn.sequence());
        seen.answered.add(0L);
        if (body.startsWith("[late")) {
            seen.late.add(turn.sequence());
        }
        return answer.sent(() -> {
            seen.answered.set(place, Now.micros());
            state.counts(conversation.service).turns += repeated ? 0 : 1;
        });
    }

    private static Answer list(Asked asked, Conversation conversation) {
        boolean newestFirst = "desc".equals(asked.parameter("Order"));
        int count = conversation.messages.size();
        return new Page("messages", "https://conversations.twilio.com", asked).of(count, place -> {
            int index = newestFirst ? count - 1 - place : place;
            return conversation.json(conversation.messages.get(index));
        });
    }

    private static Answer message(State state, Asked asked, Conversation conversation, Message message) {
        if (asked.isDelete()) {
            conversation.messages.remove(message);
            return Answer.of(204, "");
        }
        Answer answer;
        if (asked.isPost()) {
            message.body = asked.field("Body", message.body);
            message.attributes = asked.field("Attributes", message.attributes);
            message.author = asked.field("Author", message.author);
            answer = Answer.ok(conversation.json(message));
            if (conversation.call != null && message.index == 0) {
                return answer.sent(
                        () -> state.counts(conversation.service).noted += conversation.call.notes++ == 0 ? 1 : 0);
            }
            return answer;
        }
        return Answer.ok(conversation.json(message));
    }
}
