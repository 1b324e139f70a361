package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.HandoffProcess;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The executable jar, alone in an empty folder: routes, contract and broker configuration come from inside it. */
class ExecJarIT {

    @Test
    void handsACallOver() throws IOException {
        try (HandoffProcess application = new HandoffProcess("-jar", System.getProperty("exec.jar"))) {
            application.handOver();
            assertThat(application.log()).contains("Open http://localhost:").doesNotContain(" ERROR ", "AMQ222219");
        }
    }
}
