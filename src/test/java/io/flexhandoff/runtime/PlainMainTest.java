package io.flexhandoff.runtime;

import io.flexhandoff.support.HandoffProcess;
import io.flexhandoff.support.TestClassPath;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The same routes under camel-main, in a process with no Spring Boot on its class path. */
class PlainMainTest {

    private static final String SPRING_BOOT =
            ".*/(spring-boot|spring-web|camel-spring-boot|hawtio|tomcat-embed)[^/]*\\.jar";

    @Test
    void handsACallOver() throws IOException {
        try (HandoffProcess application =
                new HandoffProcess("-cp", TestClassPath.without(SPRING_BOOT), PlainMain.class.getName())) {
            application.handOver();
        }
    }
}
