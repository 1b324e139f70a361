package io.flexhandoff.enrichment;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.late.TwoOrgs;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What a language model costs the caller: the time from the escalation's answer to the redirect of the call, for an org
 * without a model and for one whose model answers at once, wrongly, or never. Prints the figures.
 */
@TwoOrgs
@Tag("heavy")
class BudgetTest {

    private static final int CALLS = 20;
    private static final int WARM_UP = 15;
    private static final long BUDGET = 1500;

    private static StubModel model;

    private final BlockingQueue<Long> redirects = new LinkedBlockingQueue<>();

    @Autowired
    private HandoffRuntime runtime;

    private Sandbox sandbox;

    @DynamicPropertySource
    static void startModel(DynamicPropertyRegistry properties) throws IOException {
        model = new StubModel();
        properties.add("handoff.enrichment.budget", () -> BUDGET);
        properties.add("handoff.orgs.acme.enrichment.llm.base-url", model::url);
        properties.add("handoff.orgs.acme.enrichment.llm.model", () -> "small");
        properties.add("handoff.enrichment.llm.breaker-wait", () -> "1");
    }

    @AfterAll
    static void stopModel() {
        model.close();
    }

    @Test
    void aTransferWaitsNoLongerThanTheBudget() throws InterruptedException {
        sandbox = runtime.sandbox().orElseThrow();
        sandbox.filter(request -> {
            if (request.request().method() == HttpMethod.POST
                    && request.request().path().contains("/Calls/")) {
                redirects.add(System.nanoTime());
            }
            request.next();
        });
        model.answers(StubModel.says("Charged twice", "The caller was charged twice.", "negative", "en"));
        measure("globex", WARM_UP);
        measure("acme", WARM_UP);

        long without = print("no model", measure("globex", CALLS));
        print("a model that answers at once", measure("acme", CALLS));
        CountDownLatch never = new CountDownLatch(1);
        model.answers(StubModel.after(never, exchange -> exchange.close()));
        // its circuit opens when the first of these requests have timed out: from then on no caller waits
        long silent = print("a model that never answers", measure("acme", CALLS));
        never.countDown();
        model.answers(StubModel.body(200, "upstream connect error"));
        print("a model that answers nonsense", measure("acme", CALLS));

        assertThat(silent - without).isLessThan(BUDGET + 1000);
    }

    private List<Long> measure(String org, int calls) throws InterruptedException {
        ApiClient api = new ApiClient(runtime.port(), org, org + "-key");
        List<Long> times = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            String callSid = sandbox.placeCall(runtime.twilio().org(org).accountSid(), "+15550100", "+15550199");
            api.post(
                    "/calls/" + callSid + "/transcript",
                    Map.of("segments", List.of(segment(1, "caller", "You charged my card twice, this is terrible."))));
            long escalated = System.nanoTime();
            api.post("/calls/" + callSid + "/escalation", Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"));
            times.add(TimeUnit.NANOSECONDS.toMillis(redirects.poll(30, TimeUnit.SECONDS) - escalated));
            sandbox.hangUp(callSid);
        }
        return times;
    }

    private static long print(String name, List<Long> times) {
        Collections.sort(times);
        long median = times.get(times.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "escalation to redirect, %-31s median %4d ms, 90 %% %4d ms, longest %4d ms%n",
                name + ":",
                median,
                times.get(times.size() * 9 / 10),
                times.get(times.size() - 1));
        return median;
    }
}
