package io.flexhandoff.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrichmentTest {

    private static final String SUMMARY = "The caller was charged twice.";

    private final Enrichment enrichment = new Enrichment(
            List.of(),
            org -> "en-US",
            org -> null,
            new Derivation(new LanguageDetection(List.of("en"))),
            new Redaction(true, true, false, List.of()));

    private static Escalation escalation(String summary) {
        return new Escalation(
                "e1",
                Instant.EPOCH,
                "Billing dispute",
                summary,
                "negative",
                "en-US",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private HandoffContext late(Escalation escalation, String summary) {
        return enrichment.context("acme", escalation, "Billing dispute", summary, "negative", "en-US");
    }

    @Test
    void whatTheAiSaidItselfIsNoBetterForComingLate() {
        Escalation whole = escalation(SUMMARY);

        assertThat(enrichment.improves("acme", whole, late(whole, SUMMARY), new Awaited()))
                .isFalse();
        assertThat(enrichment.improves("acme", whole, late(whole, SUMMARY + " Our CRM knows more."), new Awaited()))
                .isTrue();
    }

    @Test
    void whatWasFoundOutLateIsBetterThanNothing() {
        Escalation without = escalation(null);

        assertThat(enrichment.improves("acme", without, late(without, SUMMARY), new Awaited()))
                .isTrue();
    }
}
