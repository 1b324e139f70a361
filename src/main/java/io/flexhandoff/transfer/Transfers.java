package io.flexhandoff.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Task;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.thread.ThreadMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Prepares the redirect of a live call into an org's workflow. Bound as {@code transfers}. */
public final class Transfers {

    /** Longest {@code Twiml} parameter of a call update, in characters (Twilio error 32018). */
    static final int TWIML_LIMIT = 4000;

    /**
     * Characters of task attributes that are ours. Twilio's limit is 4096; the rest is for what Twilio adds to the task
     * of an enqueued call (about 615), the conference when a rep accepts (about 220) and Flex Insights (about 210).
     */
    static final int ATTRIBUTES_LIMIT = 3000;

    private final Orgs orgs;
    private final ObjectMapper json;
    private final ThreadMessages thread;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long a transfer may wait for the last turns to reach the thread */
    public Transfers(Orgs orgs, ObjectMapper json, ThreadMessages thread, Duration patience, Clock clock) {
        this.orgs = orgs;
        this.json = json;
        this.thread = thread;
        this.patience = patience;
        this.clock = clock;
    }

    /** Until when a transfer that begins now waits for its turns. */
    public Instant patience() {
        return clock.instant().plus(patience);
    }

    /** Whether that moment is still to come. */
    public boolean inTime(Instant end) {
        return clock.instant().isBefore(end);
    }

    /** Account of the org that the call belongs to. */
    public String accountSid(String org) {
        return orgs.get(org).accountSid();
    }

    /**
     * {@code <Enqueue workflowSid><Task>attributes</Task></Enqueue>}, as Twilio's own classes write it, within Twilio's
     * limits.
     *
     * @param conversationSid the thread, or {@code null} when Conversations did not answer
     */
    public String twiml(
            String org, String callSid, Escalation escalation, HandoffContext context, String conversationSid) {
        Org of = orgs.get(org);
        TaskAttributes attributes = new TaskAttributes(
                json,
                text -> Math.max(
                        text.length() - ATTRIBUTES_LIMIT,
                        enqueue(of, escalation, text).length() - TWIML_LIMIT));
        return enqueue(
                of, escalation, attributes.fit(escalation, context, conversationSid, thread.threadName(callSid)));
    }

    /**
     * What a caller gets while somebody else moves the call: a short silence, then the same question again. When the call has
     * been moved by then, Twilio does not ask.
     *
     * @param url where to ask, absolute
     */
    public String hold(String url) {
        return new VoiceResponse.Builder()
                .pause(new Pause.Builder().length(2).build())
                .redirect(new Redirect.Builder(url).method(HttpMethod.POST).build())
                .build()
                .toXml();
    }

    /** Nothing more to do: the call ends. */
    public String nothing() {
        return new VoiceResponse.Builder().build().toXml();
    }

    private static String enqueue(Org org, Escalation escalation, String attributes) {
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
