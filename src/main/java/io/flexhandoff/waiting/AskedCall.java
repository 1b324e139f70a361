package io.flexhandoff.waiting;

import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Org;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that an AI might hand over.
 *
 * @param task the attributes that its task would have, as far as they are known
 * @param workflowSid the workflow that would route it
 */
record AskedCall(Org org, Map<String, Object> task, String workflowSid) {

    private static final String CALL_SID = "CA" + "0".repeat(32);
    private static final String THREAD = "CH" + "0".repeat(32);

    /** @param language which it has when nobody says, a BCP-47 tag */
    static AskedCall of(Org org, Escalation asked, String language, Transfers transfers) {
        String workflow = transfers.workflow(org.name(), asked, null);
        Map<String, Object> twilios = twilios(org, asked);
        HandoffContext context = new HandoffContext(
                asked.reason() == null ? "" : asked.reason(),
                "",
                asked.sentiment() == null ? "neutral" : asked.sentiment(),
                asked.language() == null ? language : asked.language(),
                null,
                null,
                null);
        TaskView task = new TaskView(null, "pending", null, twilios, workflow, null, null);
        return new AskedCall(
                org,
                Attributes.merge(
                        twilios,
                        Attributes.read(transfers.changes(org.name(), CALL_SID, asked, context, THREAD, task))),
                workflow);
    }

    /** Those of the attributes that Twilio gives the task of an inbound call which are known beforehand. */
    private static Map<String, Object> twilios(Org org, Escalation asked) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("account_sid", org.accountSid());
        attributes.put("api_version", "2010-04-01");
        attributes.put("call_sid", CALL_SID);
        attributes.put("call_status", "in-progress");
        attributes.put("direction", "inbound");
        if (asked.from() != null) {
            attributes.put("from", asked.from());
            attributes.put("caller", asked.from());
        }
        if (asked.to() != null) {
            attributes.put("to", asked.to());
            attributes.put("called", asked.to());
        }
        return attributes;
    }
}
