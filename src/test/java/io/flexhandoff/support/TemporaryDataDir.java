package io.flexhandoff.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives each application under test a data folder of its own: a journal has one owner. */
public final class TemporaryDataDir implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        TestPropertyValues.of("handoff.data-dir=" + create()).applyTo(context);
    }

    /** A new folder below the build's. */
    public static Path create() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
