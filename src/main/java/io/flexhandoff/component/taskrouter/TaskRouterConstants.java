package io.flexhandoff.component.taskrouter;

import io.flexhandoff.component.TwilioCall;
import org.apache.camel.spi.Metadata;

/** Headers of the {@code twilio-taskrouter:} component. */
public interface TaskRouterConstants {

    @Metadata(description = "The org whose workspace is used; wins over the option org.", javaType = "String")
    String ORG = TwilioCall.ORG;

    @Metadata(
            description =
                    "findTask (required): SID (CA and 32 hexadecimal digits) of the call whose task is looked for;"
                            + " acceptReservation (required to redirect): the call that is redirected.",
            javaType = "String")
    String CALL_SID = "CamelTwilioTaskRouterCallSid";

    @Metadata(
            description = "findTask: the workflow whose tasks are looked at. Default is the org's.",
            javaType = "String")
    String WORKFLOW_SID = "CamelTwilioTaskRouterWorkflowSid";

    @Metadata(
            description = "findTask: how many of the workflow's newest live tasks are looked at. Default 50.",
            javaType = "Integer")
    String LIMIT = "CamelTwilioTaskRouterLimit";

    @Metadata(
            description =
                    "readTask, mergeAttributes, acceptReservation, rejectReservation, completeReservation (required): the task's SID (WT and 32 hexadecimal digits); set by"
                            + " findTask when it finds one.",
            javaType = "String")
    String TASK_SID = "CamelTwilioTaskRouterTaskSid";

    @Metadata(
            description =
                    "acceptReservation, rejectReservation, completeReservation (required): the reservation's SID (WR and 32 hexadecimal digits).",
            javaType = "String")
    String RESERVATION_SID = "CamelTwilioTaskRouterReservationSid";

    @Metadata(
            description =
                    "acceptReservation (required): redirect, which sends the call to TwiML at the address, or dequeue,"
                            + " which calls the address and bridges it with the call.",
            javaType = "String")
    String INSTRUCTION = "CamelTwilioTaskRouterInstruction";

    @Metadata(
            description =
                    "acceptReservation (required): an absolute URL to redirect, a contact URI or a phone number to dequeue.",
            javaType = "String")
    String ADDRESS = "CamelTwilioTaskRouterAddress";

    @Metadata(
            description = "provisionWorker (required): the worker's name, unique in its workspace whatever its case.",
            javaType = "String")
    String FRIENDLY_NAME = "CamelTwilioTaskRouterFriendlyName";

    @Metadata(
            description =
                    "provisionWorker: attributes, a map or a JSON object, that are merged into those of the worker.",
            javaType = "Object")
    String ATTRIBUTES = "CamelTwilioTaskRouterAttributes";

    @Metadata(
            description =
                    "provisionWorker: SID (WA and 32 hexadecimal digits) of the activity that the worker is set to.",
            javaType = "String")
    String ACTIVITY_SID = "CamelTwilioTaskRouterActivitySid";

    @Metadata(
            description = "Set by provisionWorker: the worker's SID (WK and 32 hexadecimal digits).",
            javaType = "String")
    String WORKER_SID = "CamelTwilioTaskRouterWorkerSid";

    @Metadata(description = "writeWebhook: where the workspace reports its events.", javaType = "String")
    String WEBHOOK_URL = "CamelTwilioTaskRouterWebhookUrl";

    @Metadata(
            description =
                    "writeWebhook: the events that are reported, such as task.created; a list, or text with commas.",
            javaType = "Object")
    String WEBHOOK_EVENTS = "CamelTwilioTaskRouterWebhookEvents";
}
