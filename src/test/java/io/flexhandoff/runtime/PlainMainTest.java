package io.flexhandoff.runtime;

import io.flexhandoff.support.HandoffProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same routes under camel-main, in a process with no Spring Boot on its class path. */
class PlainMainTest {

    private static final String SPRING_BOOT =
            ".*/(spring-boot|spring-web|camel-spring-boot|hawtio|tomcat-embed)[^/]*\\.jar";

    @Test
    void handsACallOver() throws IOException {
        try (HandoffProcess application = new HandoffProcess("-cp", classPath(), PlainMain.class.getName())) {
            application.handOver();
        }
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.matches(SPRING_BOOT))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
