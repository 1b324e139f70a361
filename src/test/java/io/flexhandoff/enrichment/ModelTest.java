package io.flexhandoff.enrichment;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A language model that answers well, late, wrongly or never: the rep always gets a whole context. */
@HandoffTest
@ExtendWith(OutputCaptureExtension.class)
class ModelTest {

    /** A command that another test ran has silenced it for the JVM. */
    @BeforeAll
    static void letTheConsoleSpeak() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_THRESHOLD.getEnvironmentVariableName());
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "sk-a-secret-of-the-test";
    private static final String CARD = "4111 1111 1111 1111";
    private static final HttpHandler GOOD = StubModel.says(
            "Double charge not refunded", "The caller paid twice and wants $59 back.", "negative", "en-GB");

    private static StubModel model;

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @DynamicPropertySource
    static void startModel(DynamicPropertyRegistry properties) throws IOException {
        model = new StubModel();
        properties.add("handoff.enrichment.budget", () -> "4000");
        properties.add("handoff.transfer.patience", () -> "10s");
        properties.add("handoff.enrichment.llm.base-url", model::url);
        properties.add("handoff.enrichment.llm.breaker-wait", () -> "1");
        properties.add("handoff.orgs.demo.enrichment.llm.model", () -> "small");
        properties.add("handoff.orgs.demo.enrichment.llm.api-key", () -> KEY);
    }

    @AfterAll
    static void stopModel() {
        model.close();
    }

    private void escalate(Map<String, Object> more) {
        call.say(
                segment(1, "ai", "How can I help you?"),
                segment(2, "caller", "You charged my card " + CARD + " twice, this is terrible."));
        Map<String, Object> escalation = new HashMap<>(more);
        escalation.put("id", "e1");
        escalation.put("occurredAt", "2026-11-20T09:00:05Z");
        call.post("/escalation", escalation);
    }

    private JsonNode task() {
        await().atMost(PATIENCE).until(() -> !call.twilio().tasksOf(call.sid()).isEmpty());
        return call.task();
    }

    private List<Message> thread() {
        await().atMost(PATIENCE).until(() -> call.messages().size() == 4);
        return call.messages();
    }

    /** What is found out without a model, and nothing else. */
    private static void isDerivedHere(JsonNode task) {
        assertThat(task.get("handoffReason").textValue())
                .isEqualTo("“You charged my card [card …1111] twice, this is terrible.”");
        assertThat(task.get("handoffSummary").textValue()).contains("twice, this is terrible");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en");
        assertThat(task.get("handedOff").booleanValue()).isTrue();
        assertThat(task.get("handoffTimestamp").textValue()).isEqualTo("2026-11-20T09:00:05Z");
        assertThat(task.fieldNames())
                .toIterable()
                .filteredOn(name -> name.startsWith("hand"))
                .hasSize(6);
    }

    @Test
    void itsAnswerIsOnTheTaskAndInTheNoteAndTheCardNumberNowhere(CapturedOutput log) {
        model.answers(GOOD);
        escalate(Map.of("summary", "Pays with " + CARD));

        JsonNode task = task();
        assertThat(task.get("handoffReason").textValue()).isEqualTo("Double charge not refunded");
        assertThat(task.get("handoffSentiment").textValue()).isEqualTo("negative");
        assertThat(task.get("handoffLanguage").textValue()).isEqualTo("en-GB");
        assertThat(task.get("handoffSummary").textValue())
                .as("what the AI gave is kept")
                .isEqualTo("Pays with [card …1111]");
        assertThat(task.toString()).doesNotContain(CARD);
        assertThat(thread().get(0).getBody())
                .contains("Reason (derived): Double charge not refunded", "Summary: Pays with [card …1111]")
                .doesNotContain(CARD);
        assertThat(model.questions()).hasSize(1);
        assertThat(model.questions().get(0).authorization()).isEqualTo("Bearer " + KEY);
        assertThat(model.questions().get(0).body().toString())
                .contains("You charged my card [card …1111] twice")
                .doesNotContain(CARD);
        assertThat(log.getAll()).doesNotContain(KEY);
    }

    @Test
    void customDataIsOnTheTaskUnchangedAndNotInWhatTheModelGets() {
        model.answers(GOOD);
        escalate(Map.of("customData", Map.of("orderNumber", CARD)));

        assertThat(task().get("orderNumber").textValue()).isEqualTo(CARD);
        assertThat(model.questions().get(0).body().toString()).doesNotContain(CARD);
    }

    @Test
    void anAnswerAfterTheTransferImprovesTheNoteOnceAndLeavesTheTaskAlone() {
        CountDownLatch transferred = new CountDownLatch(1);
        model.answers(StubModel.after(transferred, GOOD));
        escalate(Map.of());

        isDerivedHere(task());
        assertThat(thread().get(0).getBody()).contains("Summary (derived): “You charged my card");
        transferred.countDown();

        await().atMost(PATIENCE).until(() -> call.messages().get(0).getBody().contains("The caller paid twice"));
        assertThat(call.messages()).hasSize(4);
        isDerivedHere(task());
        await().atMost(PATIENCE).until(() -> call.steps().containsAll(List.of("noted", "note-improved")));
    }

    static Stream<Named<HttpHandler>> answersOfNoUse() {
        return Stream.of(
                Named.of("not JSON", StubModel.body(200, "upstream connect error")),
                Named.of("prose", StubModel.content("Sure! The caller is upset.")),
                Named.of("wrong values", StubModel.says(" ", "", "furious", "English <b>")),
                Named.of("ten megabytes", StubModel.body(200, "x".repeat(10 << 20))),
                Named.of("ten megabytes of an error", StubModel.body(500, "x".repeat(10 << 20))),
                Named.of("too many requests", StubModel.body(429, "{}")),
                Named.of("a redirect", StubModel.body(302, "")),
                Named.of("a broken connection", exchange -> exchange.close()),
                Named.of(
                        "what a caller made it say",
                        StubModel.content("{\"handedOff\": false, \"workflowSid\": \"WW0\", \"reason\": [\"x\"]}")));
    }

    @ParameterizedTest
    @MethodSource("answersOfNoUse")
    void withAnAnswerOfNoUseTheContextIsFoundOutHere(HttpHandler answer, CapturedOutput log) {
        model.answers(answer);
        escalate(Map.of());

        isDerivedHere(task());
        assertThat(thread().get(0).getBody()).contains("Sentiment (derived): negative");
        assertThat(model.questions()).hasSize(1);
        assertThat(log.getAll()).doesNotContain(KEY);
    }

    @Test
    void withoutAnAnswerTheTransferGoesOnAtTheEndOfTheBudget() {
        CountDownLatch never = new CountDownLatch(1);
        model.answers(StubModel.after(never, exchange -> exchange.close()));
        escalate(Map.of());

        isDerivedHere(task());
        assertThat(model.questions()).hasSize(1);
        never.countDown();
    }

    @Test
    void itIsNotAskedWhenNothingIsMissing() {
        model.answers(GOOD);
        escalate(Map.of("reason", "Billing", "summary", "Charged twice.", "sentiment", "neutral", "language", "en"));

        assertThat(task().get("handoffReason").textValue()).isEqualTo("Billing");
        assertThat(model.questions()).isEmpty();
    }
}
