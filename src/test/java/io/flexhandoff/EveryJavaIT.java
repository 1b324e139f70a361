package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flexhandoff.support.HandoffProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executable jar on the oldest and the newest Java that it is for, whichever has built it: those that {@code JAVA_HOME_17} and {@code JAVA_HOME_25} name. */
class EveryJavaIT {

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void handsACallOver(int version) throws IOException {
        String home = System.getenv("JAVA_HOME_" + version);
        assumeTrue(home != null && !home.isBlank(), "JAVA_HOME_" + version + " is not set");

        try (HandoffProcess application = new HandoffProcess(Path.of(home), "-jar", System.getProperty("exec.jar"))) {
            application.handOver();

            assertThat(application.log())
                    .contains(" using Java " + version + ".")
                    .doesNotContain(" ERROR ");
        }
    }
}
