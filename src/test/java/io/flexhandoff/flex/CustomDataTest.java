package io.flexhandoff.flex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom data on its way from the AI's request to the rep's task and note: as it was sent. */
@HandoffTest
class CustomDataTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    private HttpResponse<String> escalate(String customData) {
        HttpResponse<String> answer = call.post("/escalation", """
                        {"id":"e1","occurredAt":"2026-11-20T09:00:05Z","reason":"Billing","customData":%s}
                        """.formatted(customData));
        assertThat(answer.statusCode()).isEqualTo(202);
        call.task();
        return answer;
    }

    /** The task's attributes, letter by letter. */
    private String task() {
        Task task = call.twilio().tasksOf(call.sid()).get(0);
        return task.getAttributes();
    }

    private String note() {
        await().until(() ->
                call.messages().stream().anyMatch(message -> message.getBody().startsWith("HANDOFF NOTE")));
        Message note = call.messages().get(0);
        return note.getBody();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678.5",
                "10000000.0",
                "12.50",
                "0.00000012",
                "1234567890.123456789012345",
                "98765432109876543210",
                "-20000000.25",
                "[19.90, 1.0]",
                "{\"limit\": 10000000.00}",
                "null",
                "{\"second\": null, \"third\": [null]}"
            })
    void valuesAreOnTheTaskDigitForDigit(String value) {
        escalate("{\"value\": " + value + "}");

        assertThat(task()).contains("\"value\":" + value.replace(" ", ""));
    }

    @Test
    void anExponentIsWrittenOut() {
        escalate("{\"limit\": 1e7, \"rate\": 2.5E-8}");

        assertThat(task()).contains("\"limit\":10000000,", "\"rate\":0.000000025");
        assertThat(note()).contains("\nlimit: 10000000\n", "\nrate: 0.000000025\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12345678.50 | 12345678.50",
                "10000000.0 | 10000000.0",
                "{\"zip\": \"01234\", \"city\": \"Bern\"} | zip: 01234, city: Bern",
                "[\"gold\", 3, true] | gold, 3, true",
                "[{\"sku\": \"A-1\", \"price\": 19.90}, {\"sku\": \"B-2\"}] | (sku: A-1, price: 19.90), (sku: B-2)",
                "{\"geo\": {\"lat\": 47.0, \"lon\": null}, \"tags\": []} | geo: (lat: 47.0, lon: –), tags: –",
                "null | –"
            })
    void theNoteHasThemAsAPersonWritesThem(String value, String written) {
        escalate("{\"value\": " + value + "}");

        assertThat(note()).contains("\nvalue: " + written + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"conversation_attribute_1\": \"refund\"} | /conversation_attribute_1 | refund",
                "{\"conversation_measure_3\": 12.25, \"outcome\": null} | /conversation_measure_3 | 12.25",
                "{\"outcome\": {\"code\": 7}, \"media\": []} | /outcome/code | 7",
                "{\"media\": [{\"type\": \"Referenced\", \"url\": \"https://crm.example.com/7\"}]} | /media/0/url | https://crm.example.com/7"
            })
    void measuresOfFlexInsightsAreMergedBesideOurLinks(String conversations, String path, String value) {
        escalate("{\"conversations\": " + conversations + "}");

        JsonNode merged = call.task().get("conversations");
        assertThat(merged.at(path).asText()).isEqualTo(value);
        assertThat(merged.get("media").findValuesAsText("type")).containsOnlyOnce("ChatTranscript");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tier\": \"gold\", \"call_sid\": \"CA1\"} | customData.call_sid | Twilio's",
                "{\"from\": \"web shop\", \"tier\": \"gold\"} | customData.from | Twilio's",
                "{\"conference\": {\"sid\": \"CF1\"}, \"tier\": \"gold\"} | customData.conference | Twilio's",
                "{\"handoffReason\": \"mine\", \"tier\": \"gold\"} | customData.handoffReason | the handoff's",
                "{\"transcriptStatus\": \"done\", \"tier\": \"gold\"} | customData.transcriptStatus | the handoff's",
                "{\"conversationSid\": \"CH1\", \"tier\": \"gold\"} | customData.conversationSid | the handoff's",
                "{\"conversations\": \"none\", \"tier\": \"gold\"} | customData.conversations | an object",
                "{\"conversations\": {\"media\": {\"type\": \"Raw\"}}, \"tier\": \"gold\"} | customData.conversations.media | an array"
            })
    void whatCannotGoOnTheTaskIsNamedInTheAnswerAndTheTimeline(String customData, String field, String owner) {
        HttpResponse<String> answer = escalate(customData);

        assertThat(ApiClient.tree(answer.body()).get("accepted").intValue()).isEqualTo(1);
        assertThat(ApiClient.tree(answer.body()).at("/warnings/0").textValue())
                .isEqualTo(field + ": is in the note only, on a task it is " + owner);
        assertThat(task()).contains("\"tier\":\"gold\"");
        assertThat(note())
                .contains("tier: gold", field.substring("customData.".length()).split("\\.")[0] + ": ");
        await().until(() -> call.handoff().findValuesAsText("cause").stream().anyMatch(cause -> cause.contains(field)));
    }

    @Test
    void moreThanATaskHasRoomForIsSaidInTheAnswer() {
        HttpResponse<String> answer = escalate("{\"small\": \"kept\", \"large\": \"%s\"}".formatted("x".repeat(3500)));

        assertThat(answer.body()).contains("customData: the largest fields are in the note only");
        assertThat(task()).contains("\"small\":\"kept\"").doesNotContain("\"large\"");
    }

    @Test
    void allThatGoesOnTheTaskHasNoWarning() {
        assertThat(escalate("{\"tier\": \"gold\", \"conversations\": {\"outcome\": \"ok\"}}")
                        .body())
                .isEqualTo("{\"accepted\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999", "1e-99999", "{\"deep\": [1e2147483647]}"})
    void aNumberThatNobodyHasIsRefusedByName(String value) {
        assertThat(call.post(
                                "/escalation",
                                "{\"id\":\"e1\",\"occurredAt\":\"2026-11-20T09:00:05Z\",\"customData\":{\"value\":"
                                        + value + "}}")
                        .body())
                .contains("customData.value", "is out of range");
    }
}
