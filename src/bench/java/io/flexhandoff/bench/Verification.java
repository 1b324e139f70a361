package io.flexhandoff.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads back what the run left at Twilio: every segment in its thread exactly once and in order, one task a call. */
final class Verification {

    private Verification() {}

    /** @return what is wrong, one line each; empty if all is well */
    static List<String> problems(Twilio twilio, Api api, List<String> calls, int segments) {
        Map<String, Long> tasks = twilio.tasksByCall();
        return Parallel.forEach(calls.size(), 16, call -> {
                    String callSid = calls.get(call);
                    List<String> problems = new ArrayList<>();
                    String thread = api.handoff(callSid).path("conversationSid").asText();
                    List<String> found = marks(twilio.messages(thread));
                    List<String> expected = IntStream.rangeClosed(1, segments)
                            .mapToObj(sequence -> new Spoken(call, sequence).mark())
                            .toList();
                    if (!found.equals(expected)) {
                        problems.add(callSid + ", thread " + thread + " holds " + found);
                    }
                    long count = tasks.getOrDefault(callSid, 0L);
                    if (count != 1) {
                        problems.add(callSid + " has " + count + " tasks");
                    }
                    return problems;
                })
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Of segments only: the note and the pointer carry no mark. */
    private static List<String> marks(List<String> bodies) {
        return bodies.stream()
                .filter(body -> body.startsWith("[call "))
                .map(body -> body.substring(0, body.indexOf(']') + 1))
                .toList();
    }
}
