package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.org.Orgs;
import io.flexhandoff.sandbox.twilio.SandboxAccount;
import io.flexhandoff.support.SandboxOrg;
import io.flexhandoff.unanswered.UnansweredSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.SimpleRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be done for a caller whom nobody answers: what makes no sense is refused at the start, by name. */
class UnansweredSettingsTest {

    private static final String ALL = "handoff.transfer.unanswered.";
    private static final String ACME = "handoff.orgs.acme.";

    private final SimpleRegistry registry = new SimpleRegistry();
    private final Map<String, String> settings = new HashMap<>(Map.of("handoff.public-url", "https://h.example.com"));

    private UnansweredSteps read(String webhookToken) {
        Orgs orgs = new Orgs(Map.of("acme", SandboxOrg.of(SandboxAccount.demo(), "acme-key", webhookToken)));
        UnansweredBeans.bind(
                registry,
                orgs,
                new Settings(settings::get),
                org -> true,
                false,
                callSid -> Optional.empty(),
                Clock.systemUTC());
        return registry.lookupByNameAndType("unanswered", UnansweredSteps.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ALL + "after=45s | " + ALL + "after is set, and " + ALL + "steps is missing",
                ALL + "steps=wait | " + ALL + "steps is set, and " + ALL + "after is missing",
                ACME + "unanswered.steps=wait | " + ACME + "unanswered.steps is set, and " + ACME
                        + "unanswered.after is missing",
                ALL + "after=soon;" + ALL + "steps=wait | " + ALL + "after must be a duration",
                ALL + "after=0;" + ALL + "steps=wait | " + ALL + "after must be durations longer than nothing",
                ALL + "after=1s;" + ALL + "steps=other-queue | " + ALL + "steps: other-queue needs " + ACME
                        + "unanswered.queue, which is missing",
                ALL + "after=1s;" + ALL + "steps=back-to-ai | " + ALL + "steps: back-to-ai needs " + ACME
                        + "unanswered.ai-url, which is missing",
                ALL + "after=1s;" + ALL + "steps=back-to-ai;" + ACME + "unanswered.ai-url=ai.example.com | " + ACME
                        + "unanswered.ai-url must begin with",
                ALL + "after=1s;" + ALL + "steps=callback,wait | " + ALL + "steps: nothing can follow callback",
                ALL + "after=1s;" + ALL + "steps=callback;handoff.public-url= | " + ALL
                        + "steps: callback needs handoff.public-url",
                ACME + "waiting.offers=callback,other-queue | " + ACME
                        + "waiting.offers: 'other-queue' is none of [back-to-ai, callback, voicemail]",
                ACME + "waiting.offers=back-to-ai | " + ACME + "waiting.offers: back-to-ai needs " + ACME
                        + "unanswered.ai-url"
            })
    void whatMakesNoSenseIsNamed(String set, String message) {
        for (String setting : set.split(";")) {
            settings.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        }

        assertThatThrownBy(() -> read("t0ken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aDoorNeedsATokenOfTheOrg() {
        settings.put(ALL + "after", "1s");
        settings.put(ALL + "steps", "voicemail");

        assertThatThrownBy(() -> read(null))
                .hasMessage(ALL + "steps: voicemail needs " + ACME + "webhook-token, which is missing");
    }

    @Test
    void nothingIsPlannedUnlessItIsAskedFor() {
        assertThat(read(null).next("acme", "CA1", 1, 0, null)).isEmpty();
    }

    @Test
    void theLastWaitCountsForAllFurtherStepsAndAnOrgHasItsOwnWay() {
        settings.put(ALL + "after", "45s,2m");
        settings.put(ALL + "steps", "wait,wait,callback");
        Instant moved = Instant.parse("2026-11-20T09:00:00Z");

        UnansweredSteps steps = read("t0ken");

        assertThat(List.of(0, 1, 2))
                .map(done -> steps.next("acme", "CA1", 1, done, moved).get(0).due())
                .map(due -> due.getEpochSecond() - moved.getEpochSecond())
                .containsExactly(45L, 120L, 120L);
        assertThat(steps.next("acme", "CA1", 1, 3, moved)).isEmpty();

        settings.put(ACME + "unanswered.steps", "none");
        assertThat(read("t0ken").next("acme", "CA1", 1, 0, moved)).isEmpty();
    }
}
