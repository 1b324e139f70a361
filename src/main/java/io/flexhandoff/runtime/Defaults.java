package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The defaults of {@code config/application.yaml}, for runtimes that do not read that file themselves. */
public final class Defaults {

    private static final String FILE = "/config/application.yaml";

    private Defaults() {}

    /** The {@code handoff.*} settings, by name. */
    public static Properties load() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Defaults.class.getResourceAsStream(FILE)) {
            flatten("handoff", new YAMLMapper().readTree(file).path("handoff"), properties);
        }
        return properties;
    }

    private static void flatten(String name, JsonNode node, Properties properties) {
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(name + "." + field.getKey(), field.getValue(), properties));
        } else {
            properties.setProperty(name, node.asText());
        }
    }
}
