package io.flexhandoff.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Files in the folder {@code handoff.routes-dir} that are meant as routes and are not read as such, for their name or their place. */
final class UnreadFiles {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadFiles.class);

    /** What begins an item of a route file. */
    private static final Set<String> ROUTES = Set.of(
            "route",
            "from",
            "rest",
            "beans",
            "routeconfiguration",
            "routetemplate",
            "templatedroute",
            "onexception",
            "errorhandler",
            "intercept");

    private static final List<String> OTHER_LANGUAGES = List.of(".camel.xml", ".java", ".groovy", ".camel.json");

    private UnreadFiles() {}

    /** @throws IllegalArgumentException naming a file that would be passed over */
    static void refuse(String folder) throws IOException {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                look(root, file);
            }
        }
    }

    private static void look(Path root, Path file) throws IOException {
        String below = root.relativize(file).toString().replace('\\', '/');
        String name = file.getFileName().toString();
        if (below.startsWith("..") || name.endsWith(".camel.yaml")) {
            return;
        }
        if (name.endsWith(".kamelet.yaml")) {
            if (!below.equals("kamelets/" + name)) {
                throw new IllegalArgumentException(
                        file + ": is not found there, a Kamelet must be in the folder kamelets");
            }
        } else if (name.matches(".*\\.ya?ml") && isRoutes(file)) {
            throw new IllegalArgumentException(file + ": is not read, since its name does not end with .camel.yaml");
        } else if (OTHER_LANGUAGES.stream().anyMatch(name::endsWith)) {
            LOG.warn("{} is not read: a file of routes is a .camel.yaml", file);
        }
    }

    private static boolean isRoutes(Path file) throws IOException {
        try (InputStream yaml = Files.newInputStream(file)) {
            for (Node document : new Compose(LoadSettings.builder().build()).composeAllFromInputStream(yaml)) {
                Stream<Node> items =
                        document instanceof SequenceNode list ? list.getValue().stream() : Stream.of(document);
                if (items.anyMatch(UnreadFiles::isRoute)) {
                    return true;
                }
            }
            return false;
        } catch (YamlEngineException none) {
            return false;
        }
    }

    private static boolean isRoute(Node item) {
        return item instanceof MappingNode entries
                && !entries.getValue().isEmpty()
                && entries.getValue().get(0).getKeyNode() instanceof ScalarNode key
                && ROUTES.contains(key.getValue().replace("-", "").toLowerCase(Locale.ROOT));
    }
}
