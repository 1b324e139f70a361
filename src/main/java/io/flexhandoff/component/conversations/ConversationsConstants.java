package io.flexhandoff.component.conversations;

import io.flexhandoff.component.TwilioCall;
import org.apache.camel.spi.Metadata;

/** Headers of the {@code twilio-conversations:} component. */
public interface ConversationsConstants {

    @Metadata(description = "The org whose account is used; wins over the option org.", javaType = "String")
    String ORG = TwilioCall.ORG;

    @Metadata(
            description =
                    "openThread (required), readThread, close: the thread's own name, of A-Z a-z 0-9 _ and - only.",
            javaType = "String")
    String UNIQUE_NAME = "CamelTwilioConversationsUniqueName";

    @Metadata(description = "openThread: the thread's title, at most 256 characters.", javaType = "String")
    String FRIENDLY_NAME = "CamelTwilioConversationsFriendlyName";

    @Metadata(description = "openThread: the thread's attributes, a map or a JSON object.", javaType = "Object")
    String ATTRIBUTES = "CamelTwilioConversationsAttributes";

    @Metadata(
            description =
                    "The thread's SID (CH and 32 hexadecimal digits); set by openThread, asked for by the others.",
            javaType = "String")
    String CONVERSATION_SID = "CamelTwilioConversationsConversationSid";

    @Metadata(
            description =
                    "SID (IM and 32 hexadecimal digits) of the first message, which is reserved for the note; set by openThread and writeNote."
                            + " Without it writeNote looks for the message itself.",
            javaType = "String")
    String NOTE_MESSAGE_SID = "CamelTwilioConversationsNoteMessageSid";

    @Metadata(description = "appendMessage (required): who said it.", javaType = "String")
    String AUTHOR = "CamelTwilioConversationsAuthor";

    @Metadata(
            description =
                    "appendMessage, writeNote: the message's attributes, a map or a JSON object. writeNote merges them"
                            + " into those that are there.",
            javaType = "Object")
    String MESSAGE_ATTRIBUTES = "CamelTwilioConversationsMessageAttributes";

    @Metadata(
            description =
                    "appendMessage: names this message among all of its thread. Always kept as the message attribute"
                            + " key, in place of a key given in the attributes.",
            javaType = "String")
    String MESSAGE_KEY = "CamelTwilioConversationsMessageKey";

    @Metadata(
            description =
                    "appendMessage: first look, newest first, whether the thread has a message with this key, and post"
                            + " nothing if so. Set it when an earlier try may have succeeded. Default false.",
            javaType = "Boolean")
    String READ_BACK = "CamelTwilioConversationsReadBack";

    @Metadata(
            description = "Set by appendMessage: the message's SID (IM and 32 hexadecimal digits).",
            javaType = "String")
    String MESSAGE_SID = "CamelTwilioConversationsMessageSid";

    @Metadata(description = "Set by appendMessage: the message's place in the thread, from 0.", javaType = "Integer")
    String MESSAGE_INDEX = "CamelTwilioConversationsMessageIndex";

    @Metadata(
            description = "Set by appendMessage: true if the message was in the thread before, and nothing was posted.",
            javaType = "Boolean")
    String ALREADY_THERE = "CamelTwilioConversationsAlreadyThere";

    @Metadata(description = "readThread: how many of the newest messages are read. Default 50.", javaType = "Integer")
    String LIMIT = "CamelTwilioConversationsLimit";

    @Metadata(description = "Set by close: closed, alreadyClosed or notFound.", javaType = "String")
    String CLOSE_OUTCOME = "CamelTwilioConversationsCloseOutcome";

    @Metadata(description = "writeWebhooks: where Twilio reports what happened.", javaType = "String")
    String WEBHOOK_URL = "CamelTwilioConversationsWebhookUrl";

    @Metadata(
            description =
                    "writeWebhooks: the events that are reported, such as onMessageAdded; a list, or text with commas.",
            javaType = "Object")
    String WEBHOOK_FILTERS = "CamelTwilioConversationsWebhookFilters";

    @Metadata(description = "writeWebhooks: GET or POST.", javaType = "String")
    String WEBHOOK_METHOD = "CamelTwilioConversationsWebhookMethod";
}
