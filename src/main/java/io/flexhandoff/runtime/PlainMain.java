package io.flexhandoff.runtime;

import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CamelContextCustomizer;

/**
 * Runs Flex Handoff under camel-main, without Spring. Settings are system properties, such as {@code
 * -Dhandoff.http.port=9000}, or lines of the properties file that {@code -Dhandoff.settings} names, which is the place for
 * secrets; the defaults are those of {@code config/application.yaml}.
 */
public final class PlainMain {

    private static final Pattern ORG = Pattern.compile("handoff\\.orgs\\.([^.]+)\\..+");

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
        try (HandoffRuntime runtime = new HandoffRuntime(new Settings(properties::getProperty), orgs(properties))) {
            main.bind("handoffRuntime", (CamelContextCustomizer) runtime::configure);
            main.run(args);
        }
    }

    private static Map<String, Org> orgs(Properties properties) {
        return properties.stringPropertyNames().stream()
                .map(ORG::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> org(key -> properties.getProperty("handoff.orgs." + name + "." + key))));
    }

    private static Org org(UnaryOperator<String> setting) {
        String keys = setting.apply("api-keys");
        return new Org(
                null,
                setting.apply("account-sid"),
                setting.apply("auth-token"),
                setting.apply("workspace-sid"),
                setting.apply("workflow-sid"),
                setting.apply("conversations-service-sid"),
                setting.apply("ai-queue-sid"),
                setting.apply("human-queue-sid"),
                keys == null ? null : Arrays.asList(keys.split("\\s*,\\s*")),
                setting.apply("webhook-token"),
                new AiWorker(
                        setting.apply("ai-worker.sid"),
                        setting.apply("ai-worker.instruction"),
                        setting.apply("ai-worker.address")));
    }
}
