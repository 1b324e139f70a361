package io.flexhandoff.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.late.FaultyCall.Flaw;
import io.flexhandoff.late.FaultyCall.Script;
import io.flexhandoff.late.FaultyCall.Step;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.SandboxRequest;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Every request that a handoff makes to Twilio fails in every way: all the same each turn is in the thread once, the call is enqueued once with its six
 * attributes, note and pointer stand there once, and the ledger is complete; a caller whom nobody answers is called back, or asked for a message, once.
 *
 * <p>Which requests there are is read off a call on which nothing fails, and off calls that lose an answer. The calls run side by side,
 * each in an org of its own, so that no fault strikes another's.
 */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.sandbox.enabled=true",
            "handoff.twilio.read-timeout=2s",
            "handoff.late.delays=200ms,200ms,200ms,200ms,200ms",
            "handoff.late.window=200ms",
            "handoff.transfer.delays=200ms",
            "handoff.enrichment.budget=20s"
        })
class FaultMatrixTest {

    private static final int ORGS = 24;

    @Autowired
    private HandoffRuntime runtime;

    /** By what the orgs do for a caller whom nobody answers, empty for nothing. */
    private static final Map<String, BlockingQueue<String>> FREE_ORGS = new HashMap<>();

    private static final ExecutorService CALLS = Executors.newFixedThreadPool(ORGS);
    private static final Map<Step, Map<Flaw, List<String>>> TABLE = new LinkedHashMap<>();

    @DynamicPropertySource
    static void orgs(DynamicPropertyRegistry properties) {
        int first = 0;
        for (Script script : Script.values()) {
            if (FREE_ORGS.putIfAbsent(script.ladder(), new LinkedBlockingQueue<>()) == null) {
                orgs(properties, script.ladder(), first);
                first += ORGS;
            }
        }
    }

    private static void orgs(DynamicPropertyRegistry properties, String ladder, int first) {
        for (int i = first + 1; i <= first + ORGS; i++) {
            FREE_ORGS.get(ladder).add("org" + i);
            String org = "handoff.orgs.org" + i + ".";
            String number = String.format("%032d", i);
            if (!ladder.isEmpty()) {
                properties.add(org + "webhook-token", () -> "webhook-" + number);
                properties.add(org + "unanswered.after", () -> "500");
                properties.add(org + "unanswered.steps", () -> ladder);
            }
            Map.of("account-sid", "AC", "workspace-sid", "WS", "workflow-sid", "WW", "conversations-service-sid", "IS")
                    .forEach((setting, kind) -> properties.add(org + setting, () -> kind + number));
            properties.add(org + "auth-token", () -> "token-" + number);
            properties.add(org + "api-keys", () -> "key-" + number);
        }
    }

    @TestFactory
    List<DynamicTest> everyRequestFailsOnce() throws Exception {
        return cells(1);
    }

    @TestFactory
    @Tag("heavy")
    List<DynamicTest> everyRequestFailsTwiceInARow() throws Exception {
        return cells(2);
    }

    private List<DynamicTest> cells(int times) throws Exception {
        // the application has started
        LogWatch logs = new LogWatch();
        List<DynamicTest> cells = new ArrayList<>();
        for (Step step : steps()) {
            for (Flaw flaw : Flaw.values()) {
                Future<?> call = CALLS.submit(() -> inAnOrg(step.script(), org -> {
                    new FaultyCall(runtime, org, step.script())
                            .with(flaw, times, step)
                            .check();
                    return org;
                }));
                cells.add(DynamicTest.dynamicTest(step + ": " + flaw, () -> note(step, flaw, call)));
            }
        }
        cells.add(DynamicTest.dynamicTest("nothing unexplained in the logs", () -> {
            logs.close();
            assertThat(logs.unexplained()).isEmpty();
        }));
        return cells;
    }

    @AfterAll
    static void show() {
        CALLS.shutdownNow();
        String columns = "%-62s" + " %-14s".repeat(Flaw.values().length) + "%n";
        StringBuilder text = new StringBuilder(String.format("%n" + columns, row("Request", List.of(Flaw.values()))));
        TABLE.forEach((step, results) -> text.append(String.format(
                columns,
                row(
                        step,
                        results.values().stream()
                                .map(twice -> String.join("/", twice))
                                .toList()))));
        System.out.println(text);
    }

    /** The requests of a handoff, those of a call that the AI resolves, and those that only a lost answer leads to. */
    private List<Step> steps() throws Exception {
        List<Step> steps = new ArrayList<>();
        for (Script script : Script.values()) {
            add(steps, script, requests(script, null), null);
        }
        Map<Step, Future<List<SandboxRequest>>> whenLost = new LinkedHashMap<>();
        for (Step step : steps) {
            whenLost.put(step, CALLS.submit(() -> requests(step.script(), step)));
        }
        for (var lost : whenLost.entrySet()) {
            add(steps, lost.getKey().script(), lost.getValue().get(), lost.getKey());
        }
        return steps;
    }

    /** What a call requests; looked at again when more than was meant to is left without an answer, as on a busy machine. */
    private List<SandboxRequest> requests(Script script, Step lost) throws Exception {
        int unanswered = lost == null ? 0 : 1;
        List<SandboxRequest> requests;
        do {
            requests = inAnOrg(script, org -> {
                FaultyCall call = new FaultyCall(runtime, org, script);
                return (lost == null ? call : call.with(Flaw.DROPPED_AFTER, 1, lost)).requests();
            });
        } while (requests.stream().filter(request -> request.status() == 0).count() > unanswered);
        return requests;
    }

    /** Adds what is not there yet; a request that is made several times is several steps. */
    private static void add(List<Step> steps, Script script, List<SandboxRequest> requests, Step trigger) {
        List<Step> known = List.copyOf(steps);
        Map<String, Integer> before = new LinkedHashMap<>();
        for (SandboxRequest request : requests) {
            Step step = Step.of(script, request, 0, trigger);
            int count = before.merge(step.label(), 1, Integer::sum);
            if (known.stream()
                            .noneMatch(other -> other.label().equals(step.label())
                                    && (trigger != null || other.earlier() == count - 1))
                    && (trigger == null || count == 1)) {
                steps.add(Step.of(script, request, count - 1, trigger));
            }
        }
    }

    private void note(Step step, Flaw flaw, Future<?> call) throws Throwable {
        List<String> results = TABLE.computeIfAbsent(step, first -> new LinkedHashMap<>())
                .computeIfAbsent(flaw, first -> new ArrayList<>());
        try {
            call.get();
            results.add("ok");
        } catch (ExecutionException e) {
            results.add("FAILS");
            throw e.getCause();
        }
    }

    private interface InOrg<T> {
        T run(String org) throws Exception;
    }

    private <T> T inAnOrg(Script script, InOrg<T> work) throws Exception {
        String org = FREE_ORGS.get(script.ladder()).take();
        try {
            return work.run(org);
        } finally {
            FREE_ORGS.get(script.ladder()).add(org);
        }
    }

    private static Object[] row(Object first, Collection<?> rest) {
        List<Object> row = new ArrayList<>(List.of(first));
        row.addAll(rest);
        return row.toArray();
    }
}
