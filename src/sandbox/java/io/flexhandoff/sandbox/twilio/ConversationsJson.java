package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.twilio.Conversation.Message;
import io.flexhandoff.sandbox.twilio.Conversation.Participant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Conversations resources with the fields of Twilio's OpenAPI document. */
final class ConversationsJson {

    private final SandboxAccount account;
    private final String serviceUrl;

    ConversationsJson(TwilioRequest request) {
        this.account = request.state().account();
        this.serviceUrl = request.host() + "/v1/Services/" + account.conversationsServiceSid();
    }

    JsonObject service(Conversations service) {
        JsonObject links = new JsonObject()
                .put("conversations", serviceUrl + "/Conversations")
                .put("configuration", serviceUrl + "/Configuration");
        return new JsonObject()
                .put("sid", account.conversationsServiceSid())
                .put("account_sid", account.accountSid())
                .put("friendly_name", "Flex Handoff sandbox")
                .put("date_created", date(service.created))
                .put("date_updated", date(service.created))
                .put("url", serviceUrl)
                .put("links", links);
    }

    /** The account's, with its only service as the default one. */
    JsonObject configuration(Conversations service) {
        String url = serviceUrl.replaceFirst("/Services/.*", "/Configuration");
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("default_chat_service_sid", account.conversationsServiceSid())
                .put("default_messaging_service_sid", null)
                .put("default_inactive_timer", service.inactiveTimer)
                .put("default_closed_timer", service.closedTimer)
                .put("url", url)
                .put("links", new JsonObject().put("service", serviceUrl).put("webhooks", url + "/Webhooks"));
    }

    JsonObject webhooks(Conversations service) {
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("chat_service_sid", account.conversationsServiceSid())
                .put("pre_webhook_url", service.preWebhookUrl)
                .put("post_webhook_url", service.postWebhookUrl)
                .put("filters", new JsonArray(service.webhookFilters))
                .put("method", service.webhookMethod)
                .put("url", serviceUrl + "/Configuration/Webhooks");
    }

    JsonObject conversation(Conversation conversation) {
        String url = url(conversation);
        JsonObject links = new JsonObject()
                .put("participants", url + "/Participants")
                .put("messages", url + "/Messages")
                .put("webhooks", url + "/Webhooks");
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("chat_service_sid", account.conversationsServiceSid())
                .put("messaging_service_sid", conversation.messagingServiceSid)
                .put("sid", conversation.sid)
                .put("friendly_name", conversation.friendlyName)
                .put("unique_name", conversation.uniqueName)
                .put("attributes", conversation.attributes)
                .put("state", conversation.state)
                .put("date_created", date(conversation.created))
                .put("date_updated", date(conversation.updated))
                .put("timers", new JsonObject())
                .put("url", url)
                .put("links", links)
                .put("bindings", new JsonObject());
    }

    JsonObject message(Conversation conversation, Message message) {
        String url = url(conversation) + "/Messages/" + message.sid;
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("chat_service_sid", account.conversationsServiceSid())
                .put("conversation_sid", conversation.sid)
                .put("sid", message.sid)
                .put("index", message.index)
                .put("author", message.author)
                .put("body", message.body)
                .put("media", null)
                .put("attributes", message.attributes)
                .put("participant_sid", null)
                .put("date_created", date(message.created))
                .put("date_updated", date(message.updated))
                .put("delivery", null)
                .put("url", url)
                .put("links", new JsonObject().put("delivery_receipts", url + "/Receipts"))
                .put("content_sid", null);
    }

    JsonObject participant(Conversation conversation, Participant participant) {
        JsonObject binding = participant.address() == null
                ? null
                : new JsonObject()
                        .put("type", "sms")
                        .put("address", participant.address())
                        .put("proxy_address", participant.proxyAddress());
        return new JsonObject()
                .put("account_sid", account.accountSid())
                .put("chat_service_sid", account.conversationsServiceSid())
                .put("conversation_sid", conversation.sid)
                .put("sid", participant.sid())
                .put("identity", participant.identity())
                .put("attributes", participant.attributes())
                .put("messaging_binding", binding)
                .put("role_sid", participant.roleSid())
                .put("date_created", date(participant.created()))
                .put("date_updated", date(participant.created()))
                .put("url", url(conversation) + "/Participants/" + participant.sid())
                .put("last_read_message_index", null)
                .put("last_read_timestamp", null);
    }

    private String url(Conversation conversation) {
        return serviceUrl + "/Conversations/" + conversation.sid;
    }

    /** Twilio's dates have no fraction of a second. */
    static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
