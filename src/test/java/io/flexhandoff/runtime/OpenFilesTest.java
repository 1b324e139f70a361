package io.flexhandoff.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenFilesTest {

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLimitThatItsConnectionsCanReachIsTold() {
        assertThat(OpenFiles.limit())
                .hasValueSatisfying(limit -> assertThat(limit).isPositive());
        assertThat(OpenFiles.warning(65_536, 4_096, 512)).isEmpty();
        assertThat(OpenFiles.warning(5_108, 4_096, 512)).isEmpty();
        assertThat(OpenFiles.warning(1_024, 4_096, 512)).hasValueSatisfying(warning -> assertThat(warning)
                .contains(
                        "may open 1024 files, and can need 5108",
                        "handoff.http.max-connections (4096)",
                        "handoff.twilio.max-connections (512)",
                        "ulimit -n"));
    }
}
