package io.flexhandoff.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.conversations.v1.Configuration;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers of Conversations that close threads while calls go on. */
class ThreadTimersTest {

    @ParameterizedTest
    @CsvSource({
        "PT1M, PT10M, WARNING, 10 min",
        "'', PT1H, WARNING, 1 h",
        "PT30M, PT90M, WARNING, 30 min",
        "'', PT3H59M, WARNING, 239 min",
        "PT1M, '', OK, sandbox",
        "'', PT4H, OK, sandbox",
        "P1D, P7D, OK, sandbox",
        "P1M, P1Y, OK, sandbox"
    })
    void areFoundWhenTheyAreShorterThanACall(String inactive, String closed, Status status, String found)
            throws IOException {
        try (CheckedOrg org = new CheckedOrg()) {
            Configuration.updater()
                    .setDefaultInactiveTimer(inactive)
                    .setDefaultClosedTimer(closed)
                    .update(org.admin());

            Finding finding = org.checkup().checks().stream()
                    .filter(check -> check.name().equals("conversations-service"))
                    .findFirst()
                    .orElseThrow();

            assertThat(finding.status()).as(finding.toString()).isEqualTo(status);
            assertThat(finding.found()).contains(found);
            if (status == Status.WARNING) {
                assertThat(finding.fix()).contains("DefaultClosedTimer", "PT4H");
            }
        }
    }
}
