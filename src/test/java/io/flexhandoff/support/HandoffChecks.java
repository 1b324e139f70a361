package io.flexhandoff.support;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One whole handoff, from the AI's side and from the rep's: the same for every runtime. */
public final class HandoffChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private HandoffChecks() {}

    /** The AI phone platform sends a transcript and escalates; every request is taken in. */
    public static void escalate(ApiClient api, String callSid) {
        assertThat(api.post(
                                "/calls/" + callSid + "/transcript",
                                Map.of(
                                        "segments",
                                        List.of(
                                                segment(1, "ai", "Hello, this is Nova. How can I help?"),
                                                segment(2, "caller", "I was charged twice for my order."))))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.post(
                                "/calls/" + callSid + "/transcript",
                                Map.of("segments", List.of(segment(3, "caller", "Can I talk to a person?"))))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.post(
                                "/calls/" + callSid + "/escalation",
                                Map.of(
                                        "id", "e1",
                                        "occurredAt", "2026-11-20T09:00:05Z",
                                        "reason", "Billing dispute",
                                        "summary", "The caller was charged twice and wants a refund.",
                                        "sentiment", "negative",
                                        "language", "en-US",
                                        "from", "+15550100",
                                        "recentTurns",
                                                List.of(
                                                        segment(3, "caller", "Can I talk to a person?"),
                                                        segment(4, "ai", "Of course, one moment.")),
                                        "customData", Map.of("accountTier", "gold")))
                        .statusCode())
                .isEqualTo(202);
    }

    /** The rep's side of {@link #escalate}: one task with everything on it, the note above and the pointer below. */
    public static void arrived(TwilioView twilio, String callSid) {
        await().atMost(PATIENCE).until(() -> !twilio.tasksOf(callSid).isEmpty());
        await().atMost(PATIENCE).until(() -> twilio.messagesOf(callSid).size() == 6);
        List<Task> tasks = twilio.tasksOf(callSid);
        assertThat(tasks).hasSize(1);
        JsonNode task = TwilioView.attributes(tasks.get(0));
        String thread = twilio.threadOf(callSid).orElseThrow().getSid();
        assertThat(task.get("handedOff").booleanValue()).isTrue();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Billing dispute");
        assertThat(task.get("handoffSummary").textValue())
                .isEqualTo("The caller was charged twice and wants a refund.");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en-US");
        assertThat(task.get("handoffTimestamp").textValue()).isEqualTo("2026-11-20T09:00:05Z");
        assertThat(task.fieldNames())
                .toIterable()
                .filteredOn(name -> name.startsWith("hand"))
                .hasSize(6);
        assertThat(task.get("call_sid").textValue()).isEqualTo(callSid);
        assertThat(task.get("conversationSid").textValue()).isEqualTo(thread);
        assertThat(task.at("/conversations/media/0/sid").textValue()).isEqualTo(thread);
        assertThat(task.get("accountTier").textValue()).isEqualTo("gold");

        List<Message> messages = twilio.messagesOf(callSid);
        assertThat(messages.get(0).getAuthor()).isEqualTo("system");
        assertThat(messages.get(0).getBody())
                .contains("Billing dispute", "negative", "The caller was charged twice and wants a refund.");
        assertThat(messages.subList(1, 5))
                .extracting(Message::getBody)
                .containsExactly(
                        "Hello, this is Nova. How can I help?",
                        "I was charged twice for my order.",
                        "Can I talk to a person?",
                        "Of course, one moment.");
        assertThat(messages.subList(1, 5))
                .extracting(Message::getAuthor)
                .containsExactly("AI Support Agent", "Caller", "Caller", "AI Support Agent");
        assertThat(messages.get(5).getAuthor()).isEqualTo("system");
        assertThat(messages.get(5).getBody()).contains("note is at the top");
    }
}
