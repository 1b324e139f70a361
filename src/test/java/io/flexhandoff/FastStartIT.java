package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.runtime.PlainMain;
import io.flexhandoff.support.HandoffProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The application as {@code mvn package -Pfast-start} lays it out, with the archive of classes that its training left. */
@EnabledIfSystemProperty(named = "app.folder", matches = ".+")
class FastStartIT {

    private static final Path APP = Path.of(System.getProperty("app.folder", ""));
    private static final Path JAR = APP.resolve("flex-handoff.jar");

    /** What this JVM calls its archives. */
    private static final String ARCHIVE =
            Runtime.version().feature() >= 25 ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";

    @TempDir
    private Path folder;

    @Test
    void takesItsClassesFromTheArchive() throws IOException {
        try (HandoffProcess application = new HandoffProcess(loadedClasses(), "@" + APP.resolve("start"))) {
            application.handOver();

            // one that a start needs, ours and others', and two that only a handoff needs
            assertThat(archived())
                    .contains(
                            "io.flexhandoff.runtime.HandoffRuntime",
                            "org.apache.camel.impl.engine.AbstractCamelContext",
                            "io.flexhandoff.event.CallEvents",
                            "io.flexhandoff.component.callevents.Escalating");
        }
    }

    @Test
    void camelMainTakesItsClassesFromTheSameArchive() throws IOException {
        // Artemis 2.40 does not start on Java 24 and newer while its audit log is on, as it is where nothing configures
        // logs
        Path logs = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%level %logger %msg%n</pattern></encoder>
                  </appender>
                  <logger name="org.apache.activemq.audit" level="warn"/>
                  <root level="info"><appender-ref ref="console"/></root>
                </configuration>""");
        try (HandoffProcess application = new HandoffProcess(
                loadedClasses(),
                "-Dlogback.configurationFile=" + logs,
                ARCHIVE + APP.resolve("classes.archive"),
                "-cp",
                JAR.toString(),
                PlainMain.class.getName())) {
            application.handOver();

            assertThat(archived())
                    .contains(
                            "io.flexhandoff.runtime.HandoffRuntime", "io.flexhandoff.component.callevents.Escalating");
        }
    }

    @Test
    void startsWithTheArchiveOfAnotherBuild() throws IOException {
        FileTime archived = Files.getLastModifiedTime(JAR);
        Files.setLastModifiedTime(JAR, FileTime.from(Instant.now()));
        try {
            handsOverWithout(APP.resolve("classes.archive"));
        } finally {
            Files.setLastModifiedTime(JAR, archived);
        }
    }

    @Test
    void startsWithAnArchiveThatIsNone() throws IOException {
        handsOverWithout(Files.writeString(folder.resolve("classes.archive"), "of another Java, say"));
    }

    private void handsOverWithout(Path archive) throws IOException {
        try (HandoffProcess application =
                new HandoffProcess(loadedClasses(), ARCHIVE + archive, "-jar", JAR.toString())) {
            application.handOver();

            assertThat(application.log()).doesNotContain(" ERROR ");
            assertThat(archived()).doesNotContain("io.flexhandoff.runtime.HandoffRuntime");
        }
    }

    private String loadedClasses() {
        return "-Xlog:class+load:file=" + folder.resolve("classes.txt");
    }

    private List<String> archived() throws IOException {
        try (Stream<String> loaded = Files.lines(folder.resolve("classes.txt"))) {
            return loaded.filter(line -> line.contains("source: shared objects file"))
                    .map(line -> line.replaceFirst("(\\[[^]]*])+ *", "").split(" ")[0])
                    .toList();
        }
    }
}
