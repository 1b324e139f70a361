package io.flexhandoff.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flexhandoff.event.Segment;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {

    private static final String CALL = "CA0123456789abcdef0123456789abcdef";

    private final Contract contract =
            new Contract(JsonMapper.builder().addModule(new JavaTimeModule()).build());

    @Test
    void readsSegments() {
        Segment segment = contract.transcript(CALL, """
                        {"segments":[{"id":"s1","sequence":1,"speaker":"caller","text":"Hello",
                        "spokenAt":"2026-11-20T10:00:00.123+01:00","language":"en-US"}]}""").segments().get(0);

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
                "recentTurns":[{"id":"s1","sequence":1,"speaker":"ai","text":"Hi","spokenAt":"2026-11-20T10:00:00Z"}]}""");

        assertThat(escalation.recentTurns()).hasSize(1);
        assertThat(escalation.customData()).containsKey("tier");
        assertThat(escalation.reason()).isNull();
    }
}
