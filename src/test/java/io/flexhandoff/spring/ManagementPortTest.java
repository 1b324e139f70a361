package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flexhandoff.runtime.StartFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody is told who sets a port as in other applications of Spring Boot, or wrongly. */
class ManagementPortTest {

    @ParameterizedTest
    @ValueSource(strings = {"server.port", "server.address", "management.server.port", "management.server.address"})
    void aNameOfSpringBootIsRefusedWithOurs(String name) {
        StartFailure told = told("--" + name + "=9000");

        assertThat(told.words()).isEqualTo(name + ": neither port is set by that name here");
        assertThat(told.advice())
                .contains(
                        "Take " + name + " out",
                        name.replace('.', '_').toUpperCase(java.util.Locale.ROOT),
                        "HANDOFF_HTTP_PORT",
                        "HANDOFF_MANAGEMENT_PORT",
                        "HANDOFF_MANAGEMENT_ADDRESS");
    }

    @ParameterizedTest
    @CsvSource({
        "handoff.management.port=x, must be a whole number",
        "handoff.management.port=70000, 'must be a port, 0 to 65535, not 70000'",
        "handoff.management.address=1.2.3.4.5, must be an address of this machine"
    })
    void whatIsNoPortOrAddressIsRefusedByName(String setting, String words) {
        assertThat(told("--" + setting).words()).startsWith(setting.replaceFirst("=.*", " ") + words);
    }

    @Test
    void theTwoNamesMoveWhatSpringOpens() {
        assertThat(CommandSettings.settings(
                                List.of("--handoff.management.port=9081", "--handoff.management.address=0.0.0.0"))
                        .find("server.port"))
                .contains("9081");
    }

    private static StartFailure told(String argument) {
        Throwable failure = catchThrowable(() -> CommandSettings.settings(List.of(argument)));
        return StartFailure.of(failure, "./routes").orElseThrow(() -> new AssertionError(failure));
    }
}
