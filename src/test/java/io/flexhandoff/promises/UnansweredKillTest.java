package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.FlexHandoffApplication;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.SandboxServer;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.support.TestClassPath;
import io.flexhandoff.support.TwilioView;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The process is killed at random moments while callers whom nobody answers are called back: each of them is, once. */
@Tag("heavy")
class UnansweredKillTest {

    private static final int KILLS = Integer.getInteger("kill.kills", 6);
    private static final int CALLS_PER_KILL = 5;
    /** That a call makes of Twilio at least, until the caller is called back. */
    private static final int REQUESTS = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String KEY = "demo-key";

    @Test
    void nobodyIsForgottenAndNobodyIsCalledBackTwice() throws Exception {
        Random random = new Random(Long.getLong("kill.seed", System.nanoTime()));
        SandboxAccount account = SandboxAccount.demo();
        Org org = SandboxOrg.of(account, KEY, "t0ken");
        AtomicLong asked = new AtomicLong();
        try (SandboxServer twilio = new SandboxServer(0, account);
                TwilioClients clients = new TwilioClients(
                        new Orgs(Map.of("demo", org)), TwilioSettings.at(URI.create(twilio.twilioUrl())));
                HandoffProcess node = node(account, twilio.twilioUrl())) {
            twilio.sandbox().filter(request -> {
                asked.incrementAndGet();
                request.next();
            });
            TwilioView view = new TwilioView(clients.org("demo"), clients.forOrg("demo"));
            List<String> calls = new ArrayList<>();
            for (int kill = 0; kill < KILLS; kill++) {
                ApiClient api = new ApiClient(node.port(), "demo", KEY);
                long enough = asked.get() + random.nextInt(CALLS_PER_KILL * REQUESTS);
                for (int call = 0; call < CALLS_PER_KILL; call++) {
                    String callSid = twilio.sandbox().placeCall("+15550100", "+15550199");
                    calls.add(callSid);
                    api.post(
                            "/calls/" + callSid + "/escalation",
                            Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z", "reason", "Asks for a person"));
                }
                await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> asked.get() >= enough);
                node.kill();
                node.start();
                node.awaitReady();
            }
            ApiClient api = new ApiClient(node.port(), "demo", KEY);
            for (String callSid : calls) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(view.followUpsOf(callSid))
                        .as(() -> api.read("/handoffs/" + callSid) + "\n" + told(node, callSid))
                        .isNotEmpty());
            }
            for (String callSid : calls) {
                await(callSid).atMost(PATIENCE).until(() -> api.read("/handoffs/" + callSid)
                        .get("steps")
                        .findValuesAsText("step")
                        .contains("unanswered-callback"));
                assertThat(view.followUpsOf(callSid))
                        .as("callbacks of " + callSid)
                        .hasSize(1);
                assertThat(twilio.sandbox().tasksOf(callSid))
                        .as("tasks of " + callSid)
                        .hasSize(1);
                assertThat(twilio.sandbox().heard(callSid))
                        .as("what the caller hears")
                        .hasSizeLessThan(2);
            }
            assertThat(api.read("/dead-letters")).isEmpty();
            System.out.printf(
                    "Kill test of unanswered calls: %d kills, %d calls, each called back once%n", KILLS, calls.size());
        }
    }

    private static String told(HandoffProcess node, String callSid) {
        return node.log().lines().filter(line -> line.contains(callSid)).collect(Collectors.joining("\n"));
    }

    private static HandoffProcess node(SandboxAccount account, String twilioUrl) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        String prefix = "handoff.orgs.demo.";
        settings.put("handoff.twilio.base-url", twilioUrl);
        settings.put("handoff.public-url", "http://localhost:${handoff.http.port}");
        settings.put(prefix + "account-sid", account.accountSid());
        settings.put(prefix + "auth-token", account.authToken());
        settings.put(prefix + "workspace-sid", account.workspaceSid());
        settings.put(prefix + "workflow-sid", account.workflowSid());
        settings.put(prefix + "conversations-service-sid", account.conversationsServiceSid());
        settings.put(prefix + "api-keys", KEY);
        settings.put(prefix + "webhook-token", "t0ken");
        settings.put(prefix + "unanswered.after", "700");
        settings.put(prefix + "unanswered.steps", "callback");
        return new HandoffProcess(
                settings,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestClassPath.absolute(),
                FlexHandoffApplication.class.getName());
    }
}
