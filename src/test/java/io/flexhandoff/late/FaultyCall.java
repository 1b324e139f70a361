package io.flexhandoff.late;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.faults.StandingFault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.sandbox.twilio.SandboxRequest;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.TwilioView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A call of an org, on which one of its requests to Twilio fails. */
final class FaultyCall {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final Duration QUIET = Duration.ofMillis(1_500);

    /** How a request fails. */
    enum Flaw {
        TOO_MANY("429", () -> Fault.answer(429)),
        ERROR("500", () -> Fault.answer(500)),
        UNAVAILABLE("503", () -> Fault.answer(503)),
        RETRY_AFTER("503 later", () -> Fault.answer(503).retryAfter(1)),
        BAD_GATEWAY("502 HTML", () -> Fault.answer(502).body("<html><h1>502 Bad Gateway</h1></html>")),
        DROPPED_BEFORE("dropped before", Fault::dropBefore),
        DROPPED_AFTER("dropped after", Fault::dropAfter),
        SILENCE("silence", Fault::silence),
        /** Later than handoff.twilio.read-timeout. */
        TOO_LATE("answer late", () -> Fault.slow(Duration.ofSeconds(4)));

        private final String title;
        private final Supplier<Fault> fault;

        Flaw(String title, Supplier<Fault> fault) {
            this.title = title;
            this.fault = fault;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** What happens on the call. */
    enum Script {
        HANDED_OFF("", FaultyCall::handedOff),
        RESOLVED("", FaultyCall::resolved),
        /** Nobody answers, and the caller is called back. */
        CALLED_BACK("callback", FaultyCall::calledBack),
        /** Nobody answers, and the caller leaves a message. */
        MESSAGE_LEFT("voicemail", FaultyCall::messageLeft);

        private final String ladder;
        private final BiConsumer<FaultyCall, String> check;

        Script(String ladder, BiConsumer<FaultyCall, String> check) {
            this.ladder = ladder;
            this.check = check;
        }

        /** What the org does for a caller whom nobody answers, empty for nothing. */
        String ladder() {
            return ladder;
        }
    }

    /**
     * A request that a call makes.
     *
     * @param path with stars in place of SIDs
     * @param earlier how many of the same kind the call makes before it
     * @param trigger the request whose lost answer leads to this one, or {@code null}
     */
    record Step(Script script, String product, String method, String path, int earlier, Step trigger) {

        static Step of(Script script, SandboxRequest request, int earlier, Step trigger) {
            String path = request.path().replaceAll("(call-)?[A-Z]{2}[0-9a-f]{32}", "*");
            return new Step(script, request.product(), request.method(), path, earlier, trigger);
        }

        String label() {
            return method + path.replaceFirst("/(v1|2010-04-01)/\\w+/\\*", " ").replaceFirst("/", "");
        }

        @Override
        public String toString() {
            return label()
                    + (earlier == 0 ? "" : " #" + (earlier + 1))
                    + (trigger == null ? "" : " after a lost " + trigger);
        }
    }

    private final Sandbox sandbox;
    private final Org org;
    private final ApiClient api;
    private final TwilioView twilio;
    private final Script script;
    private final List<StandingFault> faults = new ArrayList<>();

    FaultyCall(HandoffRuntime runtime, String orgName, Script script) {
        this.sandbox = runtime.sandbox().orElseThrow();
        this.org = runtime.twilio().org(orgName);
        this.api = new ApiClient(runtime.port(), orgName, org.apiKeys().get(0));
        this.twilio = new TwilioView(org, runtime.twilio().forOrg(orgName));
        this.script = script;
    }

    /** Lets a request fail so often, from now on. */
    FaultyCall with(Flaw flaw, int times, Step step) {
        if (step.trigger() != null) {
            with(Flaw.DROPPED_AFTER, 1, step.trigger());
        }
        faults.add(sandbox.faults()
                .add(flaw.fault
                        .get()
                        .account(org.accountSid())
                        .product(step.product())
                        .method(step.method())
                        .path(step.path())
                        .after(step.earlier())
                        .times(times)));
        return this;
    }

    /** Plays the call and answers what it requested of Twilio. */
    List<SandboxRequest> requests() {
        int before = requested().size();
        String callSid = play();
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> isComplete(callSid));
        List<SandboxRequest> last = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(QUIET).until(() -> {
            boolean quiet = last.equals(requested());
            last.clear();
            last.addAll(requested());
            return quiet;
        });
        over(callSid);
        return last.subList(before, last.size());
    }

    /** Plays the call and checks that all is as if nothing had failed. */
    void check() {
        String callSid = play();
        try {
            // a second time only where the first has left something to do
            await("the fault strikes " + callSid)
                    .atMost(PATIENCE)
                    .pollInterval(GLANCE)
                    .until(() -> {
                        isUnansweredDone(callSid);
                        return faults.stream().allMatch(fault -> fault.hits() > 0);
                    });
            await(callSid)
                    .atMost(PATIENCE)
                    .pollInterval(GLANCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> script.check.accept(this, callSid));
        } finally {
            over(callSid);
        }
    }

    private String play() {
        String callSid = sandbox.placeCall(org.accountSid(), "+15550100", "+15550199");
        if (script != Script.RESOLVED) {
            HandoffChecks.escalate(api, callSid);
            end(callSid, "escalated");
        } else {
            api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello."))));
            api.post("/calls/" + callSid + "/transcript", Map.of("segments", List.of(segment(2, "ai", "Goodbye."))));
            end(callSid, "resolved");
        }
        return callSid;
    }

    private void end(String callSid, String outcome) {
        api.post("/calls/" + callSid + "/end", Map.of("occurredAt", "2026-11-20T09:00:09Z", "outcome", outcome));
    }

    private void over(String callSid) {
        faults.forEach(fault -> sandbox.faults().remove(fault.id()));
        sandbox.hangUp(callSid);
        twilio.removeFollowUpsOf(callSid);
    }

    private boolean isComplete(String callSid) {
        return isUnansweredDone(callSid)
                && api.read("/handoffs/" + callSid).at("/transcript/complete").asBoolean();
    }

    /** Of a call that nobody answers; the caller ends a message with a key. */
    private boolean isUnansweredDone(String callSid) {
        if (script == Script.MESSAGE_LEFT) {
            sandbox.press(callSid, "#");
        }
        JsonNode steps = api.read("/handoffs/" + callSid).path("steps");
        return script.ladder().isEmpty() || steps.findValuesAsText("step").contains(lastStep());
    }

    private String lastStep() {
        return script == Script.MESSAGE_LEFT ? "voicemail-left" : "unanswered-callback";
    }

    private List<String> steps(String callSid) {
        return api.read("/handoffs/" + callSid).get("steps").findValuesAsText("step");
    }

    private List<SandboxRequest> requested() {
        return sandbox.requests().stream()
                .filter(request -> List.of(org.accountSid(), org.workspaceSid(), org.conversationsServiceSid()).stream()
                        .anyMatch(request.path()::contains))
                .toList();
    }

    private void handedOff(String callSid) {
        JsonNode ledger = ledger(callSid, "transferred", 4);
        assertThat(ledger.findValuesAsText("step"))
                .containsExactlyInAnyOrder("thread-opened", "escalated", "transferred", "noted", "ended");

        assertThat(sandbox.tasksOf(callSid)).as("tasks, each by an <Enqueue>").hasSize(1);
        JsonNode task = TwilioView.attributes(twilio.tasksOf(callSid).get(0));
        assertThat(task.get("handedOff").booleanValue()).isTrue();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Billing dispute");
        assertThat(task.get("handoffSummary").textValue())
                .isEqualTo("The caller was charged twice and wants a refund.");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en-US");
        assertThat(task.get("handoffTimestamp").textValue()).isEqualTo("2026-11-20T09:00:05Z");

        List<Message> messages = thread(
                callSid,
                List.of(
                        "Hello, this is Nova. How can I help?",
                        "I was charged twice for my order.",
                        "Can I talk to a person?",
                        "Of course, one moment."));
        assertThat(messages.get(0).getBody()).contains("Reason: Billing dispute", "Sentiment: negative");
        assertThat(messages)
                .filteredOn(message -> message.getAttributes().contains("\"pointer\""))
                .as("pointers to the note")
                .hasSize(1);
        assertThat(messages).as("turns, note and pointer").hasSize(6);
    }

    private void calledBack(String callSid) {
        unanswered(callSid, "callback");
        assertThat(sandbox.heard(callSid)).as("what the caller hears").hasSize(1);
        assertThat(twilio.messagesOf(callSid)).as("turns, note and pointer").hasSize(6);
    }

    private void messageLeft(String callSid) {
        isUnansweredDone(callSid);
        unanswered(callSid, "voicemail");
        assertThat(sandbox.heard(callSid)).filteredOn("record"::equals).hasSize(1);
        assertThat(twilio.messagesOf(callSid))
                .filteredOn(message -> message.getBody().startsWith("Voicemail: https://"))
                .as("links to the message")
                .hasSize(1);
        assertThat(twilio.messagesOf(callSid)).as("turns, note, pointer, link").hasSize(7);
    }

    private void unanswered(String callSid, String type) {
        assertThat(steps(callSid)).contains(lastStep()).doesNotContain("accepted");
        JsonNode handoff = api.read("/handoffs/" + callSid);
        assertThat(handoff.get("state").textValue()).isEqualTo("failed");
        assertThat(handoff.at("/outcome/result").textValue()).isEqualTo("unanswered");
        assertThat(handoff.at("/transcript/complete").booleanValue()).isTrue();
        assertThat(sandbox.tasksOf(callSid)).as("tasks, each by an <Enqueue>").hasSize(1);
        assertThat(twilio.statusOf(sandbox.tasksOf(callSid).get(0))).isEqualTo("canceled");
        assertThat(twilio.followUpsOf(callSid)).as("tasks of reps").containsExactly(callSid + "/1/" + type);
        assertThat(api.read("/dead-letters")).isEmpty();
    }

    private void resolved(String callSid) {
        ledger(callSid, "resolved", 2);
        assertThat(sandbox.tasksOf(callSid)).isEmpty();
        assertThat(thread(callSid, List.of("Hello.", "Goodbye."))).hasSize(3);
        assertThat(twilio.threadOf(callSid).orElseThrow().getState()).isEqualTo(Conversation.State.CLOSED);
    }

    private JsonNode ledger(String callSid, String state, int segments) {
        JsonNode ledger = api.read("/handoffs/" + callSid);
        assertThat(ledger.get("state").textValue()).isEqualTo(state);
        JsonNode transcript = ledger.get("transcript");
        assertThat(transcript.get("received").intValue()).isEqualTo(segments);
        assertThat(transcript.get("appended").intValue()).isEqualTo(segments);
        assertThat(transcript.get("parked").intValue()).isZero();
        assertThat(transcript.get("dead").intValue()).isZero();
        assertThat(transcript.get("complete").booleanValue()).isTrue();
        return ledger;
    }

    /** The messages of the thread, whose turns are these: each once, and in order those that are not marked as late. */
    private List<Message> thread(String callSid, List<String> turns) {
        List<Message> messages = twilio.messagesOf(callSid);
        List<String> said = messages.stream()
                .filter(message -> message.getAttributes().contains("segmentId"))
                .map(Message::getBody)
                .toList();
        assertThat(said)
                .extracting(text -> text.replaceFirst("^\\[late, spoken [^]]*] ", ""))
                .containsExactlyInAnyOrderElementsOf(turns);
        List<String> onTime =
                said.stream().filter(text -> !text.startsWith("[late")).toList();
        assertThat(onTime).isEqualTo(turns.stream().filter(onTime::contains).toList());
        return messages;
    }
}
