package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** What Kamelets say that they take: Camel drops a parameter that a Kamelet does not have, and names no file when one is missing. */
final class KameletParameters {

    private final CamelContext context;
    private final String[] folders;
    private final Map<String, Optional<JsonNode>> definitions = new HashMap<>();

    KameletParameters(CamelContext context) {
        this.context = context;
        KameletComponent component = context.getComponent("kamelet", KameletComponent.class);
        this.folders = component.getLocation().split(",");
    }

    /** What is wrong with a use of a Kamelet, if anything is. */
    Optional<String> flaw(String kamelet, Set<String> given) {
        return definitions
                .computeIfAbsent(kamelet, this::find)
                .map(definition -> flaw(kamelet, definition, given))
                .orElseGet(() -> Optional.of("there is no Kamelet " + kamelet));
    }

    private static Optional<String> flaw(String kamelet, JsonNode definition, Set<String> given) {
        JsonNode properties = definition.path("properties");
        Set<String> known = new TreeSet<>();
        properties.fieldNames().forEachRemaining(known::add);
        for (String name : given) {
            if (!known.contains(name)) {
                return Optional.of(
                        "the Kamelet " + kamelet + " has no parameter " + name + RouteReferences.meant(name, known));
            }
        }
        for (JsonNode required : definition.path("required")) {
            String name = required.asText();
            if (!given.contains(name) && !properties.path(name).has("default")) {
                return Optional.of("the Kamelet " + kamelet + " needs the parameter " + name);
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> find(String kamelet) {
        for (String folder : folders) {
            Resource file =
                    PluginHelper.getResourceLoader(context).resolveResource(folder + "/" + kamelet + ".kamelet.yaml");
            if (file.exists()) {
                try (InputStream yaml = file.getInputStream()) {
                    return Optional.of(new YAMLMapper().readTree(yaml).at("/spec/definition"));
                } catch (IOException e) {
                    throw new IllegalArgumentException(
                            "handoff.routes-dir: " + RouteFiles.shown(file) + ": "
                                    + e.getMessage().lines().findFirst().orElse(""),
                            e);
                }
            }
        }
        return Optional.empty();
    }
}
