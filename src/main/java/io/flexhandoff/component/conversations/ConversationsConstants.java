package io.flexhandoff.component.conversations;

import io.flexhandoff.component.TwilioCall;
import org.apache.camel.spi.Metadata;

/** Headers of the {@code twilio-conversations:} component: each wins over the option that is named like it. */
public interface ConversationsConstants {

    @Metadata(description = "Wins over the option org.", javaType = "String")
    String ORG = TwilioCall.ORG;

    @Metadata(description = "Wins over the option uniqueName.", javaType = "String")
    String UNIQUE_NAME = "CamelTwilioConversationsUniqueName";

    @Metadata(description = "Wins over the option friendlyName.", javaType = "String")
    String FRIENDLY_NAME = "CamelTwilioConversationsFriendlyName";

    @Metadata(description = "Wins over the option attributes.", javaType = "Object")
    String ATTRIBUTES = "CamelTwilioConversationsAttributes";

    @Metadata(description = "Wins over the option conversationSid.", javaType = "String")
    String CONVERSATION_SID = "CamelTwilioConversationsConversationSid";

    @Metadata(description = "Wins over the option noteMessageSid.", javaType = "String")
    String NOTE_MESSAGE_SID = "CamelTwilioConversationsNoteMessageSid";

    @Metadata(description = "Wins over the option author.", javaType = "String")
    String AUTHOR = "CamelTwilioConversationsAuthor";

    @Metadata(description = "Wins over the option text.", javaType = "String")
    String TEXT = "CamelTwilioConversationsText";

    @Metadata(description = "Wins over the option messages.", javaType = "Object")
    String MESSAGES = "CamelTwilioConversationsMessages";

    @Metadata(description = "Wins over the option messageKey.", javaType = "String")
    String MESSAGE_KEY = "CamelTwilioConversationsMessageKey";

    @Metadata(description = "Wins over the option messageAttributes.", javaType = "Object")
    String MESSAGE_ATTRIBUTES = "CamelTwilioConversationsMessageAttributes";

    @Metadata(description = "Wins over the option readBack.", javaType = "Boolean")
    String READ_BACK = "CamelTwilioConversationsReadBack";

    @Metadata(description = "Wins over the option limit.", javaType = "Integer")
    String LIMIT = "CamelTwilioConversationsLimit";

    @Metadata(description = "Wins over the option webhookUrl.", javaType = "String")
    String WEBHOOK_URL = "CamelTwilioConversationsWebhookUrl";

    @Metadata(description = "Wins over the option webhookFilters.", javaType = "Object")
    String WEBHOOK_FILTERS = "CamelTwilioConversationsWebhookFilters";

    @Metadata(description = "Wins over the option webhookMethod.", javaType = "String")
    String WEBHOOK_METHOD = "CamelTwilioConversationsWebhookMethod";
}
