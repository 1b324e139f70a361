package io.flexhandoff.component.conversations;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/**
 * Options of the {@code twilio-conversations:} component. All but the operation are Simple expressions, evaluated for each message, and the
 * header of the same name wins (see {@link ConversationsConstants}).
 */
@UriParams
public class ConversationsConfiguration implements Cloneable {

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private ConversationsOperations operation;

    @UriParam(
            description = "The org whose Twilio account is used, as named in handoff.orgs. Needed, as an option or as a"
                    + " header.")
    private String org;

    @UriParam(
            description =
                    "openThread (required), readThread, close: the thread's own name, of A-Z a-z 0-9 _ and - only.")
    private String uniqueName;

    @UriParam(description = "openThread: the thread's title, at most 256 characters.")
    private String friendlyName;

    @UriParam(description = "openThread: the thread's attributes, a map or a JSON object.")
    private String attributes;

    @UriParam(description = "The thread's SID (CH and 32 hexadecimal digits): all but openThread ask for it.")
    private String conversationSid;

    @UriParam(
            description =
                    "writeNote: SID (IM and 32 hexadecimal digits) of the first message, which is reserved for the"
                            + " note. Without it writeNote looks for the message itself.")
    private String noteMessageSid;

    @UriParam(description = "appendMessage (required): who said it.")
    private String author;

    @UriParam(
            description = "appendMessage, writeNote, openThread: the message's text, of at most 1600 characters; for"
                    + " openThread that of the first message, until the note is written. Default is the body.")
    private String text;

    @UriParam(
            description = "appendMessages: the messages, a list of io.flexhandoff.component.conversations.ThreadText."
                    + " Default is the body.")
    private String messages;

    @UriParam(
            description =
                    "appendMessage: names this message among all of its thread. Always kept as the message attribute"
                            + " key, in place of a key given in the attributes.")
    private String messageKey;

    @UriParam(
            description = "appendMessage, writeNote: the message's attributes, a map or a JSON object. writeNote merges"
                    + " them into those that are there.")
    private String messageAttributes;

    @UriParam(
            description =
                    "appendMessage, appendMessages: first look, newest first, whether the thread has messages with"
                            + " these keys, and post none that is there. Set it when an earlier try may have succeeded."
                            + " Default false.")
    private String readBack;

    @UriParam(description = "readThread: how many of the newest messages are read. Default 50.")
    private String limit;

    @UriParam(description = "writeWebhooks: where Twilio reports what happened.")
    private String webhookUrl;

    @UriParam(
            description = "writeWebhooks: the events that are reported, such as onMessageAdded; a list, or text with"
                    + " commas.")
    private String webhookFilters;

    @UriParam(description = "writeWebhooks: GET or POST.")
    private String webhookMethod;

    /** What the options say, by the header that wins over each; {@code null} where they say nothing. */
    Map<String, String> byHeader() {
        Map<String, String> options = new HashMap<>();
        options.put(ConversationsConstants.ORG, org);
        options.put(ConversationsConstants.UNIQUE_NAME, uniqueName);
        options.put(ConversationsConstants.FRIENDLY_NAME, friendlyName);
        options.put(ConversationsConstants.ATTRIBUTES, attributes);
        options.put(ConversationsConstants.CONVERSATION_SID, conversationSid);
        options.put(ConversationsConstants.NOTE_MESSAGE_SID, noteMessageSid);
        options.put(ConversationsConstants.AUTHOR, author);
        options.put(ConversationsConstants.TEXT, text);
        options.put(ConversationsConstants.MESSAGES, messages);
        options.put(ConversationsConstants.MESSAGE_KEY, messageKey);
        options.put(ConversationsConstants.MESSAGE_ATTRIBUTES, messageAttributes);
        options.put(ConversationsConstants.READ_BACK, readBack);
        options.put(ConversationsConstants.LIMIT, limit);
        options.put(ConversationsConstants.WEBHOOK_URL, webhookUrl);
        options.put(ConversationsConstants.WEBHOOK_FILTERS, webhookFilters);
        options.put(ConversationsConstants.WEBHOOK_METHOD, webhookMethod);
        return options;
    }

    public ConversationsConfiguration copy() {
        try {
            return (ConversationsConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public ConversationsOperations getOperation() {
        return operation;
    }

    public void setOperation(ConversationsOperations operation) {
        this.operation = operation;
    }

    public String getOrg() {
        return org;
    }

    public void setOrg(String org) {
        this.org = org;
    }

    public String getUniqueName() {
        return uniqueName;
    }

    public void setUniqueName(String uniqueName) {
        this.uniqueName = uniqueName;
    }

    public String getFriendlyName() {
        return friendlyName;
    }

    public void setFriendlyName(String friendlyName) {
        this.friendlyName = friendlyName;
    }

    public String getAttributes() {
        return attributes;
    }

    public void setAttributes(String attributes) {
        this.attributes = attributes;
    }

    public String getConversationSid() {
        return conversationSid;
    }

    public void setConversationSid(String conversationSid) {
        this.conversationSid = conversationSid;
    }

    public String getNoteMessageSid() {
        return noteMessageSid;
    }

    public void setNoteMessageSid(String noteMessageSid) {
        this.noteMessageSid = noteMessageSid;
    }

    public String getAuthor() {
        return author;
    }

    public void setAuthor(String author) {
        this.author = author;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public String getMessages() {
        return messages;
    }

    public void setMessages(String messages) {
        this.messages = messages;
    }

    public String getMessageKey() {
        return messageKey;
    }

    public void setMessageKey(String messageKey) {
        this.messageKey = messageKey;
    }

    public String getMessageAttributes() {
        return messageAttributes;
    }

    public void setMessageAttributes(String messageAttributes) {
        this.messageAttributes = messageAttributes;
    }

    public String getReadBack() {
        return readBack;
    }

    public void setReadBack(String readBack) {
        this.readBack = readBack;
    }

    public String getLimit() {
        return limit;
    }

    public void setLimit(String limit) {
        this.limit = limit;
    }

    public String getWebhookUrl() {
        return webhookUrl;
    }

    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = webhookUrl;
    }

    public String getWebhookFilters() {
        return webhookFilters;
    }

    public void setWebhookFilters(String webhookFilters) {
        this.webhookFilters = webhookFilters;
    }

    public String getWebhookMethod() {
        return webhookMethod;
    }

    public void setWebhookMethod(String webhookMethod) {
        this.webhookMethod = webhookMethod;
    }
}
