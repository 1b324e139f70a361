package io.flexhandoff.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.TestCall;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What Prometheus reads after handoffs that went well and badly. */
@HandoffTest
@AutoConfigureObservability(tracing = false)
@TestPropertySource(
        properties = {
            "handoff.metrics.period=200",
            "handoff.late.delays=1s",
            "handoff.late.window=100",
            "handoff.twilio.breaker-wait=50"
        })
class MetricsTest {

    @RegisterExtension
    final TestCall call = TestCall.of("demo");

    @Autowired
    private HandoffRuntime runtime;

    @LocalServerPort
    private int management;

    @Test
    void aHandoffIsCountedAndTimedOnce() {
        Scrape before = scrape();
        call.escalate();
        call.awaitStep("noted");
        await().until(() -> call.tasks().size() == 1);
        call.accept();
        await().until(() -> risen(before, "handoff_states_total", "state", "accepted") == 1);
        await().until(() -> risen(before, "handoff_outcomes_total", "outcome", "accepted") == 1);
        call.escalate();

        assertThat(risen(before, "handoff_states_total", "state", "transferred"))
                .isEqualTo(1);
        assertThat(risen(before, "handoff_transfer_time_seconds_count")).isEqualTo(1);
        assertThat(risen(before, "handoff_transfer_time_seconds_bucket", "le", "30.0"))
                .isEqualTo(1);
        assertThat(risen(before, "handoff_note_time_seconds_count")).isEqualTo(1);
        assertThat(risen(before, "handoff_note_lag_seconds_count")).isEqualTo(1);
        assertThat(risen(before, "handoff_accept_time_seconds_count")).isEqualTo(1);
        assertThat(risen(before, "handoff_accepts_total", "note", "before")).isEqualTo(1);
        assertThat(risen(before, "handoff_segments_appended_total")).isEqualTo(4);
        assertThat(risen(before, "handoff_twilio_requests_seconds_count", "product", "api", "outcome", "success"))
                .isPositive();
        await().until(() -> risen(before, "handoff_segments", "state", "appended") == 4);
        await().until(() -> value("handoff_events_depth") == 0);
        call.hangUp();
        await().until(() -> risen(before, "handoff_outcomes_total", "outcome", "cut") == 1);
        assertThat(risen(before, "handoff_states_total", "state", "completed")).isEqualTo(1);
        assertThat(scrape().text()).doesNotContain(call.sid(), "demo-key");
    }

    @Test
    void whatFailsIsParkedThenDead() {
        Scrape before = scrape();
        AtomicInteger refused = new AtomicInteger();
        call.sandbox().filter(request -> {
            if (request.request().method() == HttpMethod.POST
                    && request.request().path().contains("/Messages")) {
                refused.incrementAndGet();
                request.response().setStatusCode(429).end();
            } else {
                request.next();
            }
        });
        call.say(ApiClient.segment(1, "ai", "Hello"));

        await().until(() -> risen(before, "handoff_parked") == 1);
        assertThat(risen(before, "handoff_parkings_total", "kind", "segment")).isEqualTo(1);
        assertThat(value("handoff_events_oldest_age_seconds")).isPositive();
        await().until(() -> risen(before, "handoff_dead") == 1);
        await().until(() -> risen(before, "handoff_segments", "state", "dead") == 1);
        assertThat(risen(
                        before,
                        "handoff_twilio_requests_seconds_count",
                        "product",
                        "conversations",
                        "outcome",
                        "not_done"))
                .isEqualTo(refused.get());
        assertThat(scrape().value("resilience4j_circuitbreaker_state", "name", "demo/conversations", "state", "closed"))
                .isEqualTo(1);

        call.sandbox().filter(RoutingContext::next);
        call.post("/dead-letters/replay", "");
        await().until(() -> risen(before, "handoff_dead") == 0);
    }

    @Test
    void whoIsTurnedAwayIsCounted() throws Exception {
        Scrape before = scrape();
        new ApiClient(runtime.port(), "demo", "a-wrong-key").get("/handoffs/CA1");
        new ApiClient(runtime.port(), "made-up", "a-wrong-key").get("/handoffs/CA1");
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + runtime.port() + "/webhooks/demo/wrong"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(risen(before, "handoff_requests_refused_total", "status", "401"))
                .isEqualTo(1);
        assertThat(scrape().value("handoff_requests_refused_total", "org", "(none)", "status", "401"))
                .isEqualTo(1);
        assertThat(scrape().text()).doesNotContain("made-up");
        assertThat(risen(before, "handoff_webhooks_rejected_total", "cause", "wrong_token"))
                .isEqualTo(1);
    }

    @Test
    void dashboardAlertsAndAutoscalerNameOnlyWhatIsExported() throws Exception {
        call.escalate();
        call.awaitStep("transferred");
        call.awaitStep("noted");
        call.say(ApiClient.segment(9, "ai", "Goodbye"));
        new ApiClient(runtime.port(), "demo", "a-wrong-key").get("/handoffs/CA1");
        call.accept();
        await().until(() -> value("handoff_tail_delay_seconds_count") > 0);
        await().until(() -> value("handoff_accept_time_seconds_count") > 0);
        Scrape scrape = scrape();

        List<Watched> watched = new ArrayList<>(Watched.alerts());
        watched.addAll(Watched.panels());
        watched.add(Watched.autoscaler());

        assertThat(watched).hasSizeGreaterThan(40).allSatisfy(each -> {
            Set<String> labels = new TreeSet<>(Set.of("instance"));
            assertThat(PromQl.selectors(each.expression())).isNotEmpty().allSatisfy(selector -> {
                Set<String> known = scrape.labels(selector.metric());
                assertThat(known).as(selector.metric()).containsAll(selector.labels());
                selector.values().forEach((label, values) -> assertThat(scrape.values(selector.metric(), label))
                        .containsAll(values));
                labels.addAll(known);
            });
            assertThat(labels).containsAll(PromQl.groupings(each.expression()));
            assertThat(PromQl.groupings(each.expression())).containsAll(PromQl.placeholders(each.shown()));
        });
    }

    private Scrape scrape() {
        return Scrape.of(management);
    }

    private double value(String name, String... labels) {
        return scrape().value(name, demo(labels));
    }

    private double risen(Scrape before, String name, String... labels) {
        double was = before.value(name, demo(labels));
        return value(name, labels) - (Double.isNaN(was) ? 0 : was);
    }

    private static String[] demo(String... labels) {
        String[] all = java.util.Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = "org";
        all[labels.length + 1] = "demo";
        return all;
    }
}
