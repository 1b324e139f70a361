package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexhandoff.runtime.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Without a password the management port is open only where nobody else can reach it, and nothing is real. */
class ManagementLoginTest {

    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    @ParameterizedTest
    @CsvSource({
        "true, 127.0.0.1, true",
        "true, localhost, true",
        "true, ::1, true",
        "true, 0.0.0.0, false",
        "true, 192.0.2.1, false",
        "true, , false",
        "false, 127.0.0.1, false"
    })
    void isOpenToThisMachineWhileTheSandboxRuns(boolean sandbox, String address, boolean open) {
        Map<String, String> settings = new HashMap<>();
        settings.put("handoff.management.address", address);

        ManagementLogin login = ManagementLogin.of(new Settings(settings::get), sandbox, encoder);

        assertThat(login.open()).isEqualTo(open);
        assertThat(login.operator()).isNull();
    }

    @Test
    void aPasswordClosesItInTheSandboxTooAndIsNotKept() {
        ManagementLogin login = withPassword("plain words");

        assertThat(login.open()).isFalse();
        assertThat(login.operator().getUsername()).isEqualTo("ana");
        assertThat(login.operator().getPassword()).doesNotContain("plain");
        assertThat(login.toString()).doesNotContain("plain words");
        assertThat(encoder.matches("plain words", login.operator().getPassword()))
                .isTrue();
    }

    @Test
    void anEncodingThatNobodyKnowsIsRefusedWithoutShowingThePassword() {
        assertThatThrownBy(() -> withPassword("{bycrypt}hush"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("handoff.management.password")
                .hasMessageNotContaining("hush");
    }

    @Test
    void theLineEndOfAFileIsNoPartOfThePassword() {
        String encoded = encoder.encode("plain words");

        for (String file : List.of("plain words\r\n", encoded + "\r", "\uFEFFplain words\n")) {
            assertThat(encoder.matches(
                            "plain words", withPassword(file).operator().getPassword()))
                    .as(file)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush ", "\thush", "{bcrypt}hush \r\n"})
    void aPasswordWithBlanksAroundItIsRefusedByName(String password) {
        assertThatThrownBy(() -> withPassword(password))
                .hasMessageStartingWith("handoff.management.password begins or ends with white space")
                .hasMessageNotContaining("hush");
    }

    private ManagementLogin withPassword(String password) {
        Map<String, String> settings = Map.of(
                "handoff.management.address",
                "127.0.0.1",
                "handoff.management.user",
                "ana",
                "handoff.management.password",
                password);
        return ManagementLogin.of(new Settings(settings::get), true, encoder);
    }
}
