package io.flexhandoff.handoff;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Task;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.Org;

/** Prepares the redirect of a live call into the org's workflow. Bound as {@code transfers}. */
public final class Transfers {

    /** Longest {@code Twiml} parameter of a call update, in characters (Twilio error 32018). */
    static final int TWIML_LIMIT = 4000;

    /**
     * Characters of task attributes that are ours. Twilio's limit is 4096; the rest is for what Twilio adds to the task
     * of an enqueued call (about 615), the conference when a rep accepts (about 220) and Flex Insights (about 210).
     */
    static final int ATTRIBUTES_LIMIT = 3000;

    private final ObjectMapper json;

    public Transfers(ObjectMapper json) {
        this.json = json;
    }

    /** UniqueName of a call's thread. */
    public String threadName(String callSid) {
        return "call-" + callSid;
    }

    /** What goes on the task; see {@link TaskAttributes}. */
    public TaskAttributes attributes(
            Org org, String callSid, Escalation escalation, HandoffContext context, String conversationSid) {
        return TaskAttributes.of(
                json,
                escalation,
                context,
                conversationSid,
                threadName(callSid),
                text -> Math.max(
                        text.length() - ATTRIBUTES_LIMIT,
                        twiml(org, escalation, text).length() - TWIML_LIMIT));
    }

    /** {@code <Enqueue workflowSid><Task>attributes</Task></Enqueue>}, as Twilio's own classes write it. */
    public String twiml(Org org, Escalation escalation, String attributes) {
        Task.Builder task = new Task.Builder(attributes);
        if (escalation.priority() != null) {
            task.priority(escalation.priority());
        }
        String workflow = escalation.workflowSid() == null ? org.workflowSid() : escalation.workflowSid();
        Enqueue enqueue =
                new Enqueue.Builder().workflowSid(workflow).task(task.build()).build();
        return new VoiceResponse.Builder().enqueue(enqueue).build().toXml();
    }
}
