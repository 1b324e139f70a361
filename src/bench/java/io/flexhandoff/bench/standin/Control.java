package io.flexhandoff.bench.standin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code /bench/…}: what the load asks and sets, answered at once. */
final class Control {

    private final State state;
    private final Latency latency;

    Control(State state, Latency latency) {
        this.state = state;
        this.latency = latency;
    }

    Answer answer(HttpServerRequest request, Buffer body) {
        Asked asked = new Asked(request.method().name(), request.path(), request.query(), body.toString());
        return switch (asked.path()) {
            case "/bench/counts" ->
                Answer.ok(state.counts(asked.parameter("of")).json());
            case "/bench/calls" -> Answer.ok(calls(asked.number("first", 0), asked.number("count", 0)));
            case "/bench/unknown" ->
                Answer.ok(state.unknown.entrySet().stream()
                        .map(entry -> new Json()
                                .put("request", entry.getKey())
                                .put("times", entry.getValue())
                                .end())
                        .collect(Collectors.joining(",", "[", "]")));
            case "/bench/latency" -> {
                latency.set(asked.parameter("account"), asked.number("millis", 0));
                yield Answer.ok("{}");
            }
            case "/bench/waiting" -> {
                wait(asked.parameter("workflow"), asked.number("tasks", 0));
                yield Answer.ok("{}");
            }
            case "/bench/clear" -> {
                state.clear();
                yield Answer.ok("{}");
            }
            default -> Answer.notFound(asked);
        };
    }

    private String calls(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(call -> state.call(Turn.callSid(call)).json())
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Tasks of other calls, which wait in the workflow already. */
    private void wait(String workflow, int tasks) {
        for (int task = 0; task < tasks; task++) {
            state.tasks.add(workflow, "CA%031xf".formatted(task), "{\"handoffSummary\":\"Waits\"}");
        }
    }
}
