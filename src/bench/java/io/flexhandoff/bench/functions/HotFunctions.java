package io.flexhandoff.bench.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flexhandoff.api.Contract;
import io.flexhandoff.bench.load.ApiTarget;
import io.flexhandoff.bench.load.Org;
import io.flexhandoff.bench.standin.Turn;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.Segment;
import io.flexhandoff.event.TranscriptBatch;
import io.flexhandoff.thread.HandoffNote;
import io.flexhandoff.thread.ThreadMessages;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What each event passes, one function a benchmark. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
public class HotFunctions {

    private static final Turn TURN = new Turn(1, 1);

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();
    private final Contract contract = new Contract(json);
    private final ThreadMessages thread = new ThreadMessages(new HandoffNote());
    private final ApiTarget api = ApiTarget.product(0, Org.FIRST, true);
    private final String segmentRequest = api.segment(TURN).body();
    private final String escalationRequest = api.escalation(TURN).body();
    private final Segment segment = contract.transcript(TURN.callSid(), segmentRequest)
            .value()
            .segments()
            .get(0);
    private final CallEvent event =
            new CallEvent.SegmentSpoken(Org.FIRST.name(), TURN.callSid(), Instant.now(), segment, false);
    private final String written = write();

    private String write() {
        try {
            return json.writerFor(CallEvent.class).writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads and checks a request with one segment. */
    @Benchmark
    public TranscriptBatch readTranscript() {
        return contract.transcript(TURN.callSid(), segmentRequest).value();
    }

    /** Reads and checks an escalation. */
    @Benchmark
    public Escalation readEscalation() {
        return contract.escalation(TURN.callSid(), escalationRequest).value();
    }

    /** Writes an event for the queue. */
    @Benchmark
    public String writeEvent() {
        return write();
    }

    /** Reads it again. */
    @Benchmark
    public CallEvent readEvent() throws JsonProcessingException {
        return json.readValue(written, CallEvent.class);
    }

    /** Makes the messages of a segment. */
    @Benchmark
    public List<?> threadMessages() {
        return thread.segment(segment, false);
    }
}
