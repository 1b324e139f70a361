package io.flexhandoff.bench.standin;

import java.util.ArrayList;
import java.util.List;

/** A conversation and its messages. */
final class Conversation {

    final String sid;
    final String service;
    final String uniqueName;
    final String friendlyName;
    final String attributes;
    final String created = Now.iso();
    final List<Message> messages = new ArrayList<>();
    /** The call whose thread it is, or {@code null}. */
    final Seen call;

    String state = "active";
    private int nextIndex;

    Conversation(String sid, String service, String uniqueName, String friendlyName, String attributes, Seen call) {
        this.sid = sid;
        this.service = service;
        this.uniqueName = uniqueName;
        this.friendlyName = friendlyName;
        this.attributes = attributes;
        this.call = call;
    }

    static final class Message {

        final String sid;
        final int index;
        final String created = Now.iso();
        String author;
        String body;
        String attributes;

        private Message(String sid, int index) {
            this.sid = sid;
            this.index = index;
        }
    }

    Message append(String messageSid, String author, String body, String messageAttributes) {
        Message message = new Message(messageSid, nextIndex++);
        message.author = author;
        message.body = body;
        message.attributes = messageAttributes;
        messages.add(message);
        return message;
    }

    Message message(String messageSid) {
        // the note is the first, and no other is asked for often
        for (Message message : messages) {
            if (message.sid.equals(messageSid)) {
                return message;
            }
        }
        return null;
    }

    String json() {
        String url = url();
        return new Json()
                .put("account_sid", Products.ACCOUNT)
                .put("chat_service_sid", service)
                .put("messaging_service_sid", null)
                .put("sid", sid)
                .put("friendly_name", friendlyName)
                .put("unique_name", uniqueName)
                .put("attributes", attributes)
                .put("state", state)
                .put("date_created", created)
                .put("date_updated", created)
                .raw("timers", "{}")
                .put("url", url)
                .raw(
                        "links",
                        new Json()
                                .put("participants", url + "/Participants")
                                .put("messages", url + "/Messages")
                                .put("webhooks", url + "/Webhooks")
                                .end())
                .raw("bindings", "{}")
                .end();
    }

    String json(Message message) {
        String url = url() + "/Messages/" + message.sid;
        return new Json()
                .put("account_sid", Products.ACCOUNT)
                .put("chat_service_sid", service)
                .put("conversation_sid", sid)
                .put("sid", message.sid)
                .put("index", message.index)
                .put("author", message.author)
                .put("body", message.body)
                .put("media", null)
                .put("attributes", message.attributes)
                .put("participant_sid", null)
                .put("date_created", message.created)
                .put("date_updated", message.created)
                .put("delivery", null)
                .put("url", url)
                .raw(
                        "links",
                        new Json().put("delivery_receipts", url + "/Receipts").end())
                .put("content_sid", null)
                .end();
    }

    private String url() {
        return "https://conversations.twilio.com/v1/Services/" + service + "/Conversations/" + sid;
    }
}
