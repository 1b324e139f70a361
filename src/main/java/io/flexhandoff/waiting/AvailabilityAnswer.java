package io.flexhandoff.waiting;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an AI is told, as the contract's {@code Availability}. */
final class AvailabilityAnswer {

    private AvailabilityAnswer() {}

    static Map<String, Object> of(Found found, WaitWords words) {
        if (!found.isStaffed()) {
            Map<String, Object> nobody = answer("nobody", words.of("nobody"), words);
            describe(nobody, found);
            return nobody;
        }
        if (found.isFree()) {
            Map<String, Object> now = answer("now", words.of("now"), words);
            describe(now, found);
            return now;
        }
        Optional<Integer> expected = found.expectedWait();
        String sentence = expected.map(seconds -> words.of("busy") + " " + words.wait(seconds))
                .orElse(words.of("busy"));
        Map<String, Object> wait = answer("wait", sentence, words);
        expected.ifPresent(seconds -> wait.put("expectedWaitSeconds", seconds));
        describe(wait, found);
        return wait;
    }

    /** Routing gives the call to no rep's queue. */
    static Map<String, Object> nowhere(String cause, WaitWords words) {
        Map<String, Object> nobody = answer("nobody", words.of("nobody"), words);
        nobody.put("cause", cause);
        return nobody;
    }

    /** Twilio does not say. */
    static Map<String, Object> unknown(String cause, WaitWords words) {
        Map<String, Object> unknown = answer("unknown", words.of("unknown"), words);
        unknown.put("cause", cause);
        return unknown;
    }

    private static Map<String, Object> answer(String answer, String sentence, WaitWords words) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("answer", answer);
        view.put("sentence", sentence);
        view.put("language", words.language());
        return view;
    }

    private static void describe(Map<String, Object> view, Found found) {
        view.put("queue", Map.of("sid", found.target().queue(), "name", found.name()));
        Map<String, Object> workers = new LinkedHashMap<>();
        workers.put("available", found.reps().available());
        workers.put("signedIn", found.reps().signedIn());
        workers.put("eligible", found.reps().eligible());
        view.put("workers", workers);
        view.put("waiting", found.queue().waiting() + found.queue().offered());
        view.put("longestWaitSeconds", found.queue().longestWait());
        found.averageWait().ifPresent(seconds -> view.put("averageWaitSeconds", seconds));
        view.put("asOf", found.queue().asOf().toString());
    }
}
