package io.flexhandoff.runtime;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Runs Flex Handoff under camel-main, without Spring. Settings are system properties, such as {@code
 * -Dhandoff.http.port=9000}, or lines of the properties file that {@code -Dhandoff.settings} names, which is the place for
 * secrets; the defaults are those of {@code config/application.yaml}.
 */
public final class PlainMain {

    private PlainMain() {}

    /** Runs until the process is stopped. */
    public static void main(String[] args) throws Exception {
        Properties properties = Defaults.load();
        String file = System.getProperty("handoff.settings");
        if (file != null) {
            try (Reader settings = Files.newBufferedReader(Path.of(file))) {
                properties.load(settings);
            }
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("handoff."))
                .forEach(name -> properties.setProperty(name, System.getProperty(name)));
        Main main = new Main();
        main.setInitialProperties(properties);
        main.configure().withRoutesIncludePattern("false");
        try (HandoffRuntime runtime = new HandoffRuntime(
                new Settings(properties::getProperty),
                OrgSettings.orgs(properties.stringPropertyNames(), properties::getProperty))) {
            main.bind("handoffRuntime", (CamelContextCustomizer) runtime::configure);
            main.run(args);
        }
    }
}
