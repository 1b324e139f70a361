package io.flexhandoff.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

    private static final String CALL = "CA0123456789abcdef0123456789abcdef";

    private final Contract contract =
            new Contract(JsonMapper.builder().addModule(new JavaTimeModule()).build());

    @Test
    void readsSegments() {
        Segment segment = contract.transcript(CALL, """
                        {"segments":[{"id":"s1","sequence":1,"speaker":"caller","text":"Hello",
                        "spokenAt":"2026-11-20T10:00:00.123+01:00","language":"en-US"}]}""").value().segments().get(0);

        assertThat(segment.spokenAt()).isEqualTo(Instant.parse("2026-11-20T09:00:00.123Z"));
        assertThat(segment.finished()).isTrue();
        assertThat(segment.byCaller()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                    | segments: ",
                "{\"segments\":[]}                                                     | segments: ",
                "{\"segments\":{}}                                                     | segments: ",
                "{\"segments\":[{\"id\":\"a\"}]}                                       | segments[0].sequence: ",
                "{\"segments\":[{\"id\":\"a\",\"sequence\":0,\"speaker\":\"ai\",\"text\":\"x\",\"spokenAt\":\"2026-11-20T10:00:00Z\"}]} | segments[0].sequence: ",
                "{\"segments\":[{\"id\":\"a\",\"sequence\":1,\"speaker\":\"bot\",\"text\":\"x\",\"spokenAt\":\"2026-11-20T10:00:00Z\"}]} | segments[0].speaker: ",
                "{\"segments\":[{\"id\":\"a\",\"sequence\":1,\"speaker\":\"ai\",\"text\":\"x\",\"spokenAt\":\"yesterday\"}]} | segments[0].spokenAt: ",
                "{\"segments\":[{\"id\":\"a\",\"sequence\":1,\"speaker\":\"ai\",\"text\":\"\",\"spokenAt\":\"2026-11-20T10:00:00Z\"}]} | segments[0].text: ",
                "{\"segments\":[                                                       | body: is not valid JSON",
                "[]                                                                    | body: ",
                "\"text\"                                                              | body: ",
                "''                                                                    | body: a JSON object is required"
            })
    void namesTheFieldThatIsWrong(String body, String beginning) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> contract.transcript(CALL, body))
                .withMessageStartingWith(beginning.stripTrailing())
                .satisfies(problem -> assertThat(problem.getStatus()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'segments':[{'id':'a','sequence':1,'speaker':'ai','text':'x','spokenAt':'2026-11-20T10:00:00Z','language':null,'final':null}]}",
                "{'segments':[{'final':null,'id':'a','sequence':1,'speaker':'ai','text':'x','spokenAt':'2026-11-20T10:00:00Z'}]}"
            })
    void nullInASegmentIsNotGiven(String body) {
        Taken<TranscriptBatch> taken = contract.transcript(CALL, body.replace('\'', '"'));

        assertThat(taken.value().segments().get(0).language()).isNull();
        assertThat(taken.value().segments().get(0).finished()).isTrue();
        assertThat(taken.warnings()).isEmpty();
    }

    @Test
    void nullIsNotGivenInAnyOptionalFieldOfAnEscalationAndStaysInCustomData() {
        Taken<Escalation> taken = contract.escalation(CALL, """
                {"id":"e1","occurredAt":"2026-11-20T10:00:00Z","reason":null,"summary":null,"sentiment":null,"language":null,
                "from":null,"to":null,"workflowSid":null,"priority":null,
                "task":{"taskSid":"WT00000000000000000000000000000001","reservationSid":null},
                "recentTurns":[{"id":"s1","sequence":1,"speaker":"ai","text":"Hi","spokenAt":"2026-11-20T10:00:00Z",
                "language":null,"final":null}],"customData":{"second":null,"deep":{"third":null,"list":[null]}}}""");

        assertThat(taken.warnings()).isEmpty();
        assertThat(taken.value().priority()).isNull();
        assertThat(taken.value().task().reservationSid()).isNull();
        assertThat(taken.value().recentTurns()).hasSize(1);
        assertThat(taken.value().customData()).containsEntry("second", null);
        assertThat(taken.value().customData().toString()).isEqualTo("{second=null, deep={third=null, list=[null]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "recentTurns", "customData", "priority"})
    void aWholeObjectMayBeNullToo(String field) {
        assertThat(contract.escalation(
                                CALL, "{\"id\":\"e1\",\"occurredAt\":\"2026-11-20T10:00:00Z\",\"" + field + "\":null}")
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"id, id", "occurredAt, occurredAt"})
    void aRequiredFieldThatIsNullIsNamedAsMissing(String field, String named) {
        String body = "{\"id\":\"e1\",\"occurredAt\":\"2026-11-20T10:00:00Z\"}"
                .replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":null");

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> contract.escalation(CALL, body))
                .withMessageStartingWith(named + ": ")
                .withMessageContaining("required");
    }

    @Test
    void aFieldThatTheContractDoesNotHaveIsNamedOnceAKind() {
        Taken<TranscriptBatch> taken = contract.transcript(CALL, """
                {"source":"bot","segments":[
                {"id":"a","sequence":1,"speaker":"ai","text":"x","spokenAt":"2026-11-20T10:00:00Z","confidence":0.9},
                {"id":"b","sequence":2,"speaker":"ai","text":"y","spokenAt":"2026-11-20T10:00:00Z","confidence":0.8,"words":[1]}]}""");

        assertThat(taken.value().segments()).hasSize(2);
        assertThat(taken.warnings())
                .containsExactly(
                        "source: is no field of the contract, and says nothing here",
                        "segments[0].confidence: is no field of the contract, and says nothing here; nor do 1 more like it",
                        "segments[1].words: is no field of the contract, and says nothing here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'task':{'taskSid':'WT00000000000000000000000000000001','sid':'x'} | task.sid",
                "'recentTurns':[{'id':'a','sequence':1,'speaker':'ai','text':'x','spokenAt':'2026-11-20T10:00:00Z','role':'y'}] | recentTurns[0].role",
                "'custom_data':{'tier':'gold'} | custom_data",
                "'kept':null | kept",
                "'a\\u0007b':1 | a?b"
            })
    void unknownFieldsOfAnEscalationAreNamedAtEveryDepth(String field, String named) {
        String body = "{'id':'e1','occurredAt':'2026-11-20T10:00:00Z'," + field + "}";

        assertThat(contract.escalation(CALL, body.replace('\'', '"')).warnings())
                .containsExactly(named + ": is no field of the contract, and says nothing here");
    }

    @Test
    void anAnswerDoesNotGrowWithWhatNobodyKnows() {
        String fields = IntStream.range(0, 5000)
                .mapToObj(i -> "\"x" + i + "\":1")
                .collect(Collectors.joining(",", "{", ",\"occurredAt\":\"2026-11-20T10:00:00Z\"}"));

        assertThat(contract.end(CALL, fields).warnings())
                .hasSize(21)
                .last()
                .asString()
                .startsWith("and 4980 more");
    }

    @ParameterizedTest
    @CsvSource({"from, ''", "from, 14155550100", "from, the caller", "to, ''", "to, +49 (0) 30 1234", "to, ' 12'"})
    void aNumberThatIsNoneIsRefusedByName(String field, String number) {
        String body = "{\"id\":\"e1\",\"occurredAt\":\"2026-11-20T10:00:00Z\",\"%s\":\"%s\"}";

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> contract.escalation(CALL, body.formatted(field, number)))
                .withMessageStartingWith(field + ": must be a number");
    }

    @ParameterizedTest
    @CsvSource({"CA12", "ca0123456789abcdef0123456789abcdef", "''"})
    void wantsACallSid(String callSid) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> contract.end(callSid, "{\"occurredAt\":\"2026-11-20T10:00:00Z\"}"))
                .withMessageStartingWith("callSid: ");
    }

    @Test
    void readsAnEscalationWithItsTurnsAndCustomData() {
        var escalation = contract.escalation(CALL, """
                {"id":"e1","occurredAt":"2026-11-20T10:00:00Z","sentiment":"negative","customData":{"tier":{"level":3}},
                "recentTurns":[{"id":"s1","sequence":1,"speaker":"ai","text":"Hi","spokenAt":"2026-11-20T10:00:00Z"}]}""").value();

        assertThat(escalation.recentTurns()).hasSize(1);
        assertThat(escalation.customData()).containsKey("tier");
        assertThat(escalation.reason()).isNull();
    }
}
