package io.flexhandoff.unanswered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A rep accepts at the moment at which a step is due, again and again: each time either the rep has the caller, and nothing happens to the
 * call, or the step has, once, and the rep gets nothing.
 */
@HandoffTest
@TestPropertySource(properties = {"handoff.sandbox.enabled=true", "handoff.reconcile.period=1h"})
class UnansweredRaceTest {

    private static final int ORGS = 4;
    private static final int ROUNDS = 18;
    private static final int DUE_MILLIS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AiPhone AI = new AiPhone();

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    private final List<String> withRep = Collections.synchronizedList(new ArrayList<>());

    private final ScheduledExecutorService reps = Executors.newScheduledThreadPool(ORGS);

    @DynamicPropertySource
    static void orgs(DynamicPropertyRegistry properties) {
        for (int org = 1; org <= ORGS; org++) {
            UnansweredOrgs.add(
                    properties,
                    "org" + org,
                    org,
                    Map.of("after", Integer.toString(DUE_MILLIS), "steps", "back-to-ai", "ai-url", AI.url()));
        }
    }

    @Test
    void eitherTheRepHasTheCallerOrTheStep() throws Exception {
        NotifyBuilder steps = new NotifyBuilder(context)
                .wereSentTo("direct:take-unanswered-step")
                .whenDone(ORGS * ROUNDS)
                .create();
        List<Future<Integer>> played = new ArrayList<>();
        var desks = Executors.newFixedThreadPool(ORGS);
        for (int org = 1; org <= ORGS; org++) {
            String name = "org" + org;
            played.add(desks.submit(() -> new Desk(name).play()));
        }
        int accepted = 0;
        for (Future<Integer> desk : played) {
            accepted += desk.get();
        }
        // each step comes, also that of a call which a rep has, and leaves that alone
        assertThat(steps.matches(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (String callSid : withRep) {
            assertThat(AI.asked(callSid))
                    .as("the AI gets nobody whom a rep has")
                    .isEmpty();
            assertThat(runtime.sandbox().orElseThrow().requests())
                    .filteredOn(request ->
                            request.method().equals("POST") && request.path().endsWith("/Calls/" + callSid + ".json"))
                    .as("the transfer is the only redirect")
                    .hasSize(1);
        }
        desks.shutdown();
        reps.shutdown();
        AI.close();
        System.out.printf(
                "%n%d rounds: the rep was first in %d, the step in %d%n",
                ORGS * ROUNDS, accepted, ORGS * ROUNDS - accepted);
        assertThat(accepted).as("rounds in which the rep was first").isBetween(1, ORGS * ROUNDS - 1);
    }

    /** An org with its one rep, who learns when to be quick. */
    private final class Desk {

        private final Sandbox sandbox = runtime.sandbox().orElseThrow();
        private final String org;
        private final ApiClient api;
        private final Random random;
        private int moment = DUE_MILLIS;

        Desk(String org) {
            this.org = org;
            this.api = new ApiClient(runtime.port(), org, org + "-key");
            this.random = new Random(org.hashCode());
        }

        /** In how many rounds the rep was first. */
        int play() throws Exception {
            int accepted = 0;
            for (int round = 0; round < ROUNDS; round++) {
                boolean first = round();
                accepted += first ? 1 : 0;
                moment = Math.max(1, moment + (first ? 25 : -25));
            }
            assertThat(api.read("/dead-letters")).isEmpty();
            return accepted;
        }

        private boolean round() throws Exception {
            String callSid = sandbox.placeCall(runtime.twilio().org(org).accountSid(), "+15550100", "+15550199");
            api.post(
                    "/calls/" + callSid + "/escalation",
                    Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Asks for a person"));
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !sandbox.tasksOf(callSid)
                    .isEmpty());
            String task = sandbox.tasksOf(callSid).get(0);
            int jitter = random.nextInt(31) - 15;
            boolean accepted = reps.schedule(() -> accept(task), Math.max(1, moment + jitter), TimeUnit.MILLISECONDS)
                    .get();
            if (accepted) {
                awaitState(callSid, "accepted");
                withRep.add(callSid);
                assertThat(field(callSid, "/outcome/result")).isEqualTo("accepted");
                sandbox.wrapUp(task);
                sandbox.complete(task);
            } else {
                await().atMost(PATIENCE).until(() -> !AI.asked(callSid).isEmpty());
                awaitState(callSid, "failed");
                await().atMost(PATIENCE).until(() -> steps(callSid).contains("unanswered-back-to-ai"));
                assertThat(AI.asked(callSid)).as("the AI gets the caller once").hasSize(1);
                assertThat(steps(callSid)).doesNotContain("accepted");
                assertThat(field(callSid, "/outcome/result")).isEqualTo("unanswered");
                sandbox.hangUp(callSid);
            }
            return accepted;
        }

        private boolean accept(String task) {
            try {
                sandbox.accept(task);
                return true;
            } catch (IllegalStateException notOfferedAnyMore) {
                return false;
            }
        }

        private void awaitState(String callSid, String state) {
            await().atMost(PATIENCE).until(() -> field(callSid, "/state").equals(state));
        }

        private List<String> steps(String callSid) {
            return api.read("/handoffs/" + callSid).get("steps").findValuesAsText("step");
        }

        private String field(String callSid, String pointer) {
            JsonNode handoff = api.read("/handoffs/" + callSid);
            return handoff.at(pointer).asText();
        }
    }
}
