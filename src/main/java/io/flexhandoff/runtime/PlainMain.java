package io.flexhandoff.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelContextCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Flex Handoff under camel-main, without Spring. Settings are system properties, such as {@code
 * -Dhandoff.http.port=9000}, or lines of the properties file that {@code -Dhandoff.settings} names, which is the place for
 * secrets; the defaults are those of {@code config/application.yaml}.
 */
public final class PlainMain {

    private static final Logger LOG = LoggerFactory.getLogger(PlainMain.class);

    /** The system property that names a file with settings. */
    static final String SETTINGS = "handoff.settings";

    private PlainMain() {}

    /** Runs until the process is stopped; ends with exit code 1 when it cannot start. */
    public static void main(String[] args) {
        String routesDir = "./routes";
        try {
            Properties properties = settings();
            routesDir = properties.getProperty("handoff.routes-dir");
            run(properties, args);
        } catch (Exception e) {
            StartFailure.of(e, routesDir)
                    .ifPresentOrElse(
                            found -> LOG.error("The application did not start. {}", found.words()),
                            () -> LOG.error("The application did not start", e));
            // what had been started already would keep the process alive
            System.exit(1);
        }
    }

    private static void run(Properties properties, String... args) throws Exception {
        SettingNames.check(properties.stringPropertyNames().stream()
                .filter(name -> !properties.getProperty(name).isEmpty()));
        Main main = new Main();
        main.setInitialProperties(properties);
        main.configure().withRoutesIncludePattern("false");
        try (HandoffRuntime runtime = new HandoffRuntime(
                new Settings(properties::getProperty),
                () -> OrgSettings.orgs(properties.stringPropertyNames(), properties::getProperty))) {
            main.bind("handoffRuntime", (CamelContextCustomizer) runtime::configure);
            main.run(args);
        }
    }

    private static Properties settings() throws IOException {
        Properties properties = Defaults.load();
        String file = System.getProperty(SETTINGS);
        if (file != null) {
            try (Reader settings = Files.newBufferedReader(Path.of(file))) {
                properties.load(settings);
            } catch (IOException e) {
                throw new IllegalArgumentException(SETTINGS + ": cannot read " + file + ", " + e, e);
            }
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("handoff."))
                .forEach(name -> properties.setProperty(name, System.getProperty(name)));
        return properties;
    }
}
