package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.twilio.Conversation.Message;
import io.flexhandoff.sandbox.twilio.Conversation.Participant;
import java.util.Map;
import java.util.TreeMap;

/** The post-action webhook of the Conversations service. */
final class ConversationsEvents {

    private final SandboxAccount account;
    private final Webhooks webhooks;

    ConversationsEvents(SandboxAccount account, Webhooks webhooks) {
        this.account = account;
        this.webhooks = webhooks;
    }

    void conversationAdded(Conversations service, Conversation conversation) {
        Map<String, String> form = form("onConversationAdded", conversation);
        form.put("ChatServiceSid", account.conversationsServiceSid());
        form.put("UniqueName", conversation.uniqueName);
        form.put("FriendlyName", conversation.friendlyName);
        form.put("Attributes", conversation.attributes);
        form.put("State", conversation.state);
        form.put("DateCreated", ConversationsJson.date(conversation.created));
        form.put("DateUpdated", ConversationsJson.date(conversation.updated));
        send(service, conversation, form);
    }

    void messageAdded(Conversations service, Conversation conversation, Message message) {
        Map<String, String> form = form("onMessageAdded", conversation);
        form.put("MessageSid", message.sid);
        form.put("Index", Integer.toString(message.index));
        form.put("DateCreated", ConversationsJson.date(message.created));
        form.put("Body", message.body);
        form.put("Author", message.author);
        form.put("Attributes", message.attributes);
        send(service, conversation, form);
    }

    void participantAdded(Conversations service, Conversation conversation, Participant participant) {
        Map<String, String> form = form("onParticipantAdded", conversation);
        form.put("ParticipantSid", participant.sid());
        form.put("DateCreated", ConversationsJson.date(participant.created()));
        form.put("Identity", participant.identity());
        form.put("RoleSid", participant.roleSid());
        form.put("Attributes", participant.attributes());
        form.put("MessagingBinding.Address", participant.address());
        form.put("MessagingBinding.ProxyAddress", participant.proxyAddress());
        send(service, conversation, form);
    }

    private Map<String, String> form(String eventType, Conversation conversation) {
        Map<String, String> form = new TreeMap<>();
        form.put("EventType", eventType);
        form.put("AccountSid", account.accountSid());
        form.put("Source", "API");
        form.put("ConversationSid", conversation.sid);
        form.put("MessagingServiceSid", conversation.messagingServiceSid);
        return form;
    }

    private void send(Conversations service, Conversation conversation, Map<String, String> form) {
        boolean wanted = service.webhookFilters.contains(form.get("EventType"));
        if (wanted && service.postWebhookUrl != null && !service.postWebhookUrl.isEmpty()) {
            form.values().removeIf(value -> value == null);
            webhooks.post(new Webhook(
                    "conversations",
                    account,
                    Conversations.callOf(conversation),
                    conversation.sid,
                    service.postWebhookUrl,
                    form));
        }
    }
}
