package io.flexhandoff.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.event.Escalation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private final Redaction redaction = new Redaction(true, true, true, List.of("(?i)pin \\d{4}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My card is 4111 1111 1111 1111.|My card is [card …1111].",
                "4111111111111111 expires 12 27|[card …1111] expires 12 27",
                "Amex 3782-822463-10005 please|Amex [card …0005] please",
                "5555.5555.5555.4444|[card …4444]",
                "it's 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 okay|it's [card …1111] okay",
                "IBAN DE89 3704 0044 0532 0130 00 and so on|IBAN [IBAN …3000] and so on",
                "de89370400440532013000|[IBAN …3000]",
                "my PIN 1234!|my […]!"
            })
    void takesOut(String said, String left) {
        assertThat(redaction.text(said)).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order 4111 1111 1111 1112 is late.",
                "Call me at +49 151 1234 5678 90",
                "It was $154.20 on the 3rd and 4th of 2026",
                "DE88 3704 0044 0532 0130 00",
                "Ticket 20261120090005"
            })
    void leavesOtherNumbers(String said) {
        assertThat(redaction.text(said)).isEqualTo(said);
    }

    @Test
    void reachesIntoCustomDataWhenToldToAndLeavesTheRest() {
        Escalation said = new Escalation(
                "e1",
                Instant.EPOCH,
                "4111 1111 1111 1111 declined",
                null,
                "negative",
                null,
                "+15550100",
                null,
                null,
                Map.of(
                        "tier",
                        "gold",
                        "amount",
                        154.2,
                        "card",
                        4111111111111111L,
                        "paid",
                        List.of(Map.of("with", "4111111111111111"))),
                null,
                5,
                null,
                null);

        Escalation left = redaction.escalation(said);

        assertThat(left.reason()).isEqualTo("[card …1111] declined");
        assertThat(left.summary()).isNull();
        assertThat(left.from()).isEqualTo("+15550100");
        assertThat(left.priority()).isEqualTo(5);
        assertThat(left.customData())
                .isEqualTo(Map.of(
                        "tier",
                        "gold",
                        "amount",
                        154.2,
                        "card",
                        "[card …1111]",
                        "paid",
                        List.of(Map.of("with", "[card …1111]"))));
        Escalation untold = new Redaction(true, true, false, List.of()).escalation(said);
        assertThat(untold.customData()).isEqualTo(said.customData());
        assertThat(untold.reason()).isEqualTo("[card …1111] declined");
    }

    @Test
    void doesWhatItIsToldOnly() {
        assertThat(new Redaction(false, false, false, List.of()).text("4111111111111111 DE89370400440532013000"))
                .isEqualTo("4111111111111111 DE89370400440532013000");
        assertThatThrownBy(() -> new Redaction(true, true, true, List.of("(")))
                .hasMessageContaining("handoff.redaction.patterns");
    }
}
