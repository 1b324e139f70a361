package io.flexhandoff.flex;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Redirect;
import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.thread.ThreadMessages;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Prepares the way of a live call into an org's workflow. Bound as {@code transfers}. */
public final class Transfers {

    /** Longest {@code Twiml} parameter of a call update, in characters (Twilio error 32018). */
    static final int TWIML_LIMIT = 4000;

    /**
     * Characters of task attributes that are ours. Twilio's limit is 4096; the rest is for what Twilio adds to the task
     * of an enqueued call (about 615), the conference when a rep accepts (about 220) and Flex Insights (about 210).
     */
    static final int ATTRIBUTES_LIMIT = 3000;

    /** Characters of all attributes of a task that has its call already: what a rep's accept and Insights add is left free. */
    static final int MERGED_LIMIT = 3660;

    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private final Orgs orgs;
    private final ObjectMapper json;
    private final ThreadMessages thread;
    private final Duration patience;
    private final Clock clock;
    private final BiFunction<String, String, Optional<String>> waitUrls;
    private final BiFunction<String, String, Optional<String>> leftUrls;

    /** Of orgs that leave the wait to Twilio. @param patience how long a transfer may wait for the last turns to reach the thread */
    public Transfers(Orgs orgs, ObjectMapper json, ThreadMessages thread, Duration patience, Clock clock) {
        this(
                orgs,
                json,
                thread,
                patience,
                clock,
                (org, language) -> Optional.empty(),
                (org, language) -> Optional.empty());
    }

    /**
     * @param patience how long a transfer may wait for the last turns to reach the thread
     * @param waitUrls what is asked for what a waiting caller hears, by org and language; empty for Twilio's music
     * @param leftUrls what is asked when a caller has left the queue, by org and language; empty for nothing
     */
    public Transfers(
            Orgs orgs,
            ObjectMapper json,
            ThreadMessages thread,
            Duration patience,
            Clock clock,
            BiFunction<String, String, Optional<String>> waitUrls,
            BiFunction<String, String, Optional<String>> leftUrls) {
        this.waitUrls = waitUrls;
        this.leftUrls = leftUrls;
        this.orgs = orgs;
        this.json = json;
        this.thread = thread;
        this.patience = patience;
        this.clock = clock;
    }

    /** Until when a transfer waits for its turns: as long as the caller's patience lasts. */
    public Instant patience(Instant receivedAt) {
        return receivedAt.plus(patience);
    }

    /** Whether that moment is still to come. */
    public boolean inTime(Instant end) {
        return clock.instant().isBefore(end);
    }

    /** Account of the org that the call belongs to. */
    public String accountSid(String org) {
        return orgs.get(org).accountSid();
    }

    /** {@link #twiml(String, String, Escalation, HandoffContext, String, RecordingLink, TaskView)} of a call without a task. */
    public String twiml(
            String org,
            String callSid,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            RecordingLink recording) {
        return twiml(org, callSid, escalation, context, conversationSid, recording, null);
    }

    /**
     * {@code <Enqueue workflowSid><Task>attributes</Task></Enqueue>}, within Twilio's limits.
     *
     * @param conversationSid the thread, or {@code null} when Conversations did not answer
     * @param recording of the call, or {@code null} when there is none
     * @param former the task by which the AI had the call, whose attributes are carried over; {@code null} for none
     */
    public String twiml(
            String org,
            String callSid,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            RecordingLink recording,
            TaskView former) {
        String workflow = workflow(org, escalation, former);
        Queue queue = new Queue(
                workflow,
                waitUrls.apply(org, context.language()).orElse(null),
                leftUrls.apply(org, context.language()).orElse(null));
        TaskAttributes attributes = new TaskAttributes(
                json,
                orgs.get(org).threadAttribute(),
                text -> Math.max(
                        text.length() - ATTRIBUTES_LIMIT,
                        enqueue(queue, escalation, text).length() - TWIML_LIMIT));
        String task = attributes.ofNewTask(
                former == null ? Map.of() : former.attributes(),
                escalation,
                context,
                conversationSid,
                recording,
                thread.threadName(callSid));
        return enqueue(queue, escalation, task);
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

    /**
     * What a handoff changes of a task that the call has already, as JSON text to be merged into its attributes: the six,
     * the AI's custom data, and a link to the thread where there is none.
     */
    public String changes(
            String org,
            String callSid,
            Escalation escalation,
            HandoffContext context,
            String conversationSid,
            TaskView task) {
        TaskAttributes attributes =
                new TaskAttributes(json, orgs.get(org).threadAttribute(), text -> text.length() - MERGED_LIMIT);
        return attributes.ofPresentTask(
                task.attributes(), escalation, context, conversationSid, thread.threadName(callSid));
    }

    /**
     * What is known of a handoff by now that its task does not say yet, as JSON text to be merged into its attributes: reason,
     * summary, sentiment and language.
     */
    public String improvements(String org, HandoffContext context, TaskView task) {
        return new TaskAttributes(json, orgs.get(org).threadAttribute(), text -> text.length() - MERGED_LIMIT)
                .improvementsOf(task.attributes(), context);
    }

    /** What links a thread on a task, as JSON text to be merged into its attributes. */
    public String link(String org, String conversationSid) {
        return json.createObjectNode()
                .put(orgs.get(org).threadAttribute(), conversationSid)
                .toString();
    }

    /**
     * The workflow that routes the call: the one that the AI asks for, else the former task's, else the org's.
     *
     * @param escalation {@code null} when the AI has not asked yet
     */
    public String workflow(String org, Escalation escalation, TaskView former) {
        if (escalation != null && escalation.workflowSid() != null) {
            return escalation.workflowSid();
        }
        return former != null && former.workflowSid() != null
                ? former.workflowSid()
                : orgs.get(org).workflowSid();
    }

    /** What {@code find-flex} says of a call. @param task of the call, {@code null} when the workflow has none */
    public String movedBy(TaskView task, Escalation escalation) {
        if (task == null) {
            return "no";
        }
        boolean own =
                escalation.occurredAt().toString().equals(task.attributes().get("handoffTimestamp"));
        return own ? "this" : "other";
    }

    /**
     * What a task has that is about the caller, and not about the call that waited for it: the handoff, the AI's custom data, what
     * somebody else wrote.
     */
    public static Map<String, Object> carried(TaskView task) {
        Map<String, Object> attributes = new LinkedHashMap<>(task.attributes());
        attributes.keySet().removeAll(CustomData.OF_TWILIO);
        attributes.remove("conference");
        return attributes;
    }

    /** Where a caller waits. @param waitUrl may be {@code null}, as may be the other */
    private record Queue(String workflowSid, String waitUrl, String leftUrl) {}

    /** Twilio's own classes look for an XML library anew for each document, in every jar: 7 ms of a handoff. */
    private static String enqueue(Queue queue, Escalation escalation, String attributes) {
        StringWriter twiml = new StringWriter(attributes.length() + 256);
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(twiml);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Response");
            xml.writeStartElement("Enqueue");
            xml.writeAttribute("workflowSid", queue.workflowSid());
            if (queue.waitUrl() != null) {
                xml.writeAttribute("waitUrl", queue.waitUrl());
            }
            if (queue.leftUrl() != null) {
                xml.writeAttribute("action", queue.leftUrl());
            }
            xml.writeStartElement("Task");
            if (escalation.priority() != null) {
                xml.writeAttribute("priority", escalation.priority().toString());
            }
            xml.writeCharacters(attributes);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("The attributes have no form in XML", e);
        }
        return twiml.toString();
    }
}
