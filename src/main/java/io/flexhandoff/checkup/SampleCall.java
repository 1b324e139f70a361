package io.flexhandoff.checkup;

import io.flexhandoff.component.Attributes;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Org;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes that the task of a handed-off call has: Twilio's own, and what a handoff writes. */
final class SampleCall {

    private static final String CALL_SID = "CA" + "0".repeat(32);
    private static final String THREAD = "CH" + "0".repeat(32);
    private static final String CALLER = "+15550100";
    private static final String CALLED = "+15550199";

    private final Transfers transfers;

    SampleCall(Transfers transfers) {
        this.transfers = transfers;
    }

    /** As an inbound English call gets them, that came straight to the AI. */
    Map<String, Object> attributes(Org org) {
        Map<String, Object> twilios = twilios(org);
        Escalation escalation = new Escalation(
                "sample", Instant.EPOCH, null, null, null, null, CALLER, CALLED, null, null, null, null, null, null);
        HandoffContext context =
                new HandoffContext("Billing dispute", "A sample.", "negative", "en-US", null, null, null);
        TaskView task = new TaskView(null, "pending", null, twilios, org.workflowSid(), null, null);
        return Attributes.merge(
                twilios, Attributes.read(transfers.changes(org.name(), CALL_SID, escalation, context, THREAD, task)));
    }

    /** Those of Twilio's 25 (TwiML Enqueue documentation) that an expression may name. */
    private static Map<String, Object> twilios(Org org) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("account_sid", org.accountSid());
        attributes.put("api_version", "2010-04-01");
        attributes.put("call_sid", CALL_SID);
        attributes.put("call_status", "in-progress");
        attributes.put("direction", "inbound");
        for (String end : new String[] {"from", "caller"}) {
            attributes.put(end, CALLER);
            place(attributes, end);
        }
        for (String end : new String[] {"to", "called"}) {
            attributes.put(end, CALLED);
            place(attributes, end);
        }
        return attributes;
    }

    private static void place(Map<String, Object> attributes, String end) {
        attributes.put(end + "_country", "US");
        attributes.put(end + "_state", "CA");
        attributes.put(end + "_city", "SAN FRANCISCO");
        attributes.put(end + "_zip", "94107");
    }
}
