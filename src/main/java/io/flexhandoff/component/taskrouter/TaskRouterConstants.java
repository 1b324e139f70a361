package io.flexhandoff.component.taskrouter;

import io.flexhandoff.component.TwilioCall;
import org.apache.camel.spi.Metadata;

/** Headers of the {@code twilio-taskrouter:} component: each wins over the option that is named like it. */
public interface TaskRouterConstants {

    @Metadata(description = "Wins over the option org.", javaType = "String")
    String ORG = TwilioCall.ORG;

    @Metadata(description = "Wins over the option callSid.", javaType = "String")
    String CALL_SID = "CamelTwilioTaskRouterCallSid";

    @Metadata(description = "Wins over the option callSids.", javaType = "Object")
    String CALL_SIDS = "CamelTwilioTaskRouterCallSids";

    @Metadata(description = "Wins over the option workflowSid.", javaType = "String")
    String WORKFLOW_SID = "CamelTwilioTaskRouterWorkflowSid";

    @Metadata(description = "Wins over the option since.", javaType = "Object")
    String SINCE = "CamelTwilioTaskRouterSince";

    @Metadata(description = "Wins over the option limit.", javaType = "Integer")
    String LIMIT = "CamelTwilioTaskRouterLimit";

    @Metadata(description = "Wins over the option taskSid.", javaType = "String")
    String TASK_SID = "CamelTwilioTaskRouterTaskSid";

    @Metadata(description = "Wins over the option reservationSid.", javaType = "String")
    String RESERVATION_SID = "CamelTwilioTaskRouterReservationSid";

    @Metadata(description = "Wins over the option instruction.", javaType = "String")
    String INSTRUCTION = "CamelTwilioTaskRouterInstruction";

    @Metadata(description = "Wins over the option address.", javaType = "String")
    String ADDRESS = "CamelTwilioTaskRouterAddress";

    @Metadata(description = "Wins over the option friendlyName.", javaType = "String")
    String FRIENDLY_NAME = "CamelTwilioTaskRouterFriendlyName";

    @Metadata(description = "Wins over the option attributes.", javaType = "Object")
    String ATTRIBUTES = "CamelTwilioTaskRouterAttributes";

    @Metadata(description = "Wins over the option onlyPending.", javaType = "Boolean")
    String ONLY_PENDING = "CamelTwilioTaskRouterOnlyPending";

    @Metadata(description = "Wins over the option reason.", javaType = "String")
    String REASON = "CamelTwilioTaskRouterReason";

    @Metadata(description = "Wins over the option uniqueAttribute.", javaType = "String")
    String UNIQUE_ATTRIBUTE = "CamelTwilioTaskRouterUniqueAttribute";

    @Metadata(description = "Wins over the option taskChannel.", javaType = "String")
    String TASK_CHANNEL = "CamelTwilioTaskRouterTaskChannel";

    @Metadata(description = "Wins over the option virtualStartTime.", javaType = "Object")
    String VIRTUAL_START_TIME = "CamelTwilioTaskRouterVirtualStartTime";

    @Metadata(description = "Wins over the option activitySid.", javaType = "String")
    String ACTIVITY_SID = "CamelTwilioTaskRouterActivitySid";

    @Metadata(description = "Wins over the option webhookUrl.", javaType = "String")
    String WEBHOOK_URL = "CamelTwilioTaskRouterWebhookUrl";

    @Metadata(description = "Wins over the option webhookEvents.", javaType = "Object")
    String WEBHOOK_EVENTS = "CamelTwilioTaskRouterWebhookEvents";
}
