package io.flexhandoff.component.taskrouter;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;

/**
 * Options of the {@code twilio-taskrouter:} component. All but the operation are Simple expressions, evaluated for each message, and the
 * header of the same name wins (see {@link TaskRouterConstants}).
 */
@UriParams
public class TaskRouterConfiguration implements Cloneable {

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private TaskRouterOperations operation;

    @UriParam(
            description =
                    "The org whose workspace is used, as named in handoff.orgs. Needed, as an option or as a header.")
    private String org;

    @UriParam(
            description =
                    "findTask (required): SID (CA and 32 hexadecimal digits) of the call whose task is looked for;"
                            + " acceptReservation (required to redirect): the call that is redirected.")
    private String callSid;

    @UriParam(
            description = "findTasks (required): SIDs of the calls whose tasks are looked for; a list, or text with"
                    + " commas.")
    private String callSids;

    @UriParam(
            description =
                    "findTask, findTasks, createTask: the workflow whose tasks are looked at, or that gets the task. Default is the"
                            + " org's.")
    private String workflowSid;

    @UriParam(
            description =
                    "findTask, findTasks: an instant (ISO 8601). Tasks that were created more than three minutes before it,"
                            + " so much may clocks differ, are not looked at.")
    private String since;

    @UriParam(
            description =
                    "findTask, findTasks: how many of the workflow's newest live tasks are looked at. Default 50.")
    private String limit;

    @UriParam(
            description = "readTask, mergeAttributes, cancelTask, acceptReservation, rejectReservation,"
                    + " completeReservation (required): the task's SID (WT and 32 hexadecimal digits).")
    private String taskSid;

    @UriParam(
            description =
                    "acceptReservation, rejectReservation, completeReservation (required): the reservation's SID (WR"
                            + " and 32 hexadecimal digits).")
    private String reservationSid;

    @UriParam(
            description = "acceptReservation (required): redirect, which sends the call to TwiML at the address, or"
                    + " dequeue, which calls the address and bridges it with the call.")
    private String instruction;

    @UriParam(
            description =
                    "acceptReservation (required): an absolute URL to redirect, a contact URI or a phone number to"
                            + " dequeue.")
    private String address;

    @UriParam(description = "provisionWorker (required): the worker's name, unique in its workspace whatever its case.")
    private String friendlyName;

    @UriParam(
            description =
                    "mergeAttributes, provisionWorker: attributes, a map or a JSON object, that are merged into"
                            + " those of the task or of the worker; createTask: those of the task. Default for tasks is the body.")
    private String attributes;

    @UriParam(
            description = "mergeAttributes: true to change nothing once the task is offered to a worker or over; the"
                    + " answer is null then. Default false.")
    private String onlyPending;

    @UriParam(
            description =
                    "cancelTask (required): why, as TaskRouter keeps it with the task; a task that is canceled for"
                            + " this reason already is left so.")
    private String reason;

    @UriParam(
            description =
                    "createTask (required): the name of the one of its attributes that tells the task from every other; a live"
                            + " task of the workflow that has it with the same value is the answer, and no other is made.")
    private String uniqueAttribute;

    @UriParam(description = "createTask: the channel of the task, by its unique name. Default default.")
    private String taskChannel;

    @UriParam(
            description =
                    "createTask: an instant (ISO 8601) from which on the task counts as waiting. Default is when it is made.")
    private String virtualStartTime;

    @UriParam(
            description =
                    "provisionWorker: SID (WA and 32 hexadecimal digits) of the activity that the worker is set to.")
    private String activitySid;

    @UriParam(description = "writeWebhook: where the workspace reports its events.")
    private String webhookUrl;

    @UriParam(
            description =
                    "writeWebhook: the events that are reported, such as task.created; a list, or text with commas.")
    private String webhookEvents;

    /** What the options say, by the header that wins over each; {@code null} where they say nothing. */
    Map<String, String> byHeader() {
        Map<String, String> options = new HashMap<>();
        options.put(TaskRouterConstants.ORG, org);
        options.put(TaskRouterConstants.CALL_SID, callSid);
        options.put(TaskRouterConstants.CALL_SIDS, callSids);
        options.put(TaskRouterConstants.WORKFLOW_SID, workflowSid);
        options.put(TaskRouterConstants.SINCE, since);
        options.put(TaskRouterConstants.LIMIT, limit);
        options.put(TaskRouterConstants.TASK_SID, taskSid);
        options.put(TaskRouterConstants.RESERVATION_SID, reservationSid);
        options.put(TaskRouterConstants.INSTRUCTION, instruction);
        options.put(TaskRouterConstants.ADDRESS, address);
        options.put(TaskRouterConstants.FRIENDLY_NAME, friendlyName);
        options.put(TaskRouterConstants.ATTRIBUTES, attributes);
        options.put(TaskRouterConstants.ONLY_PENDING, onlyPending);
        options.put(TaskRouterConstants.REASON, reason);
        options.put(TaskRouterConstants.UNIQUE_ATTRIBUTE, uniqueAttribute);
        options.put(TaskRouterConstants.TASK_CHANNEL, taskChannel);
        options.put(TaskRouterConstants.VIRTUAL_START_TIME, virtualStartTime);
        options.put(TaskRouterConstants.ACTIVITY_SID, activitySid);
        options.put(TaskRouterConstants.WEBHOOK_URL, webhookUrl);
        options.put(TaskRouterConstants.WEBHOOK_EVENTS, webhookEvents);
        return options;
    }

    public TaskRouterConfiguration copy() {
        try {
            return (TaskRouterConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public TaskRouterOperations getOperation() {
        return operation;
    }

    public void setOperation(TaskRouterOperations operation) {
        this.operation = operation;
    }

    public String getOrg() {
        return org;
    }

    public void setOrg(String org) {
        this.org = org;
    }

    public String getCallSid() {
        return callSid;
    }

    public void setCallSid(String callSid) {
        this.callSid = callSid;
    }

    public String getCallSids() {
        return callSids;
    }

    public void setCallSids(String callSids) {
        this.callSids = callSids;
    }

    public String getWorkflowSid() {
        return workflowSid;
    }

    public void setWorkflowSid(String workflowSid) {
        this.workflowSid = workflowSid;
    }

    public String getSince() {
        return since;
    }

    public void setSince(String since) {
        this.since = since;
    }

    public String getLimit() {
        return limit;
    }

    public void setLimit(String limit) {
        this.limit = limit;
    }

    public String getTaskSid() {
        return taskSid;
    }

    public void setTaskSid(String taskSid) {
        this.taskSid = taskSid;
    }

    public String getReservationSid() {
        return reservationSid;
    }

    public void setReservationSid(String reservationSid) {
        this.reservationSid = reservationSid;
    }

    public String getInstruction() {
        return instruction;
    }

    public void setInstruction(String instruction) {
        this.instruction = instruction;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
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

    public String getOnlyPending() {
        return onlyPending;
    }

    public void setOnlyPending(String onlyPending) {
        this.onlyPending = onlyPending;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getUniqueAttribute() {
        return uniqueAttribute;
    }

    public void setUniqueAttribute(String uniqueAttribute) {
        this.uniqueAttribute = uniqueAttribute;
    }

    public String getTaskChannel() {
        return taskChannel;
    }

    public void setTaskChannel(String taskChannel) {
        this.taskChannel = taskChannel;
    }

    public String getVirtualStartTime() {
        return virtualStartTime;
    }

    public void setVirtualStartTime(String virtualStartTime) {
        this.virtualStartTime = virtualStartTime;
    }

    public String getActivitySid() {
        return activitySid;
    }

    public void setActivitySid(String activitySid) {
        this.activitySid = activitySid;
    }

    public String getWebhookUrl() {
        return webhookUrl;
    }

    public void setWebhookUrl(String webhookUrl) {
        this.webhookUrl = webhookUrl;
    }

    public String getWebhookEvents() {
        return webhookEvents;
    }

    public void setWebhookEvents(String webhookEvents) {
        this.webhookEvents = webhookEvents;
    }
}
