package io.flexhandoff.runtime;

import io.flexhandoff.trace.FailureWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds the route files: those in the jar and those in the folder {@code handoff.routes-dir}. A file in the folder that
 * has the name of one in the jar replaces it; any other is added.
 */
final class RouteFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final String PATTERN = "**/*.camel.yaml";
    private static final String ROOT = "routes/";
    private static final Pattern IN_JAR = Pattern.compile("(?:.*/)?" + ROOT + "(.*\\.camel\\.yaml)");
    private static final int SHOWN = 3;

    private RouteFiles() {}

    /** @throws IllegalStateException naming the file and its line when one cannot be read or has an id of another's */
    static void load(CamelContext context, String folder) {
        Map<String, Resource> files = new TreeMap<>();
        try {
            Map<String, Resource> shipped = shipped(context);
            files.putAll(shipped);
            Map<String, Resource> added = added(context, folder);
            UnreadFiles.refuse(folder);
            files.putAll(added);
            if (!added.isEmpty()) {
                requireDifferentIds(files, added);
            }
            tell(shipped, added);
            PluginHelper.getRoutesLoader(context).loadRoutes(List.copyOf(files.values()));
        } catch (Exception e) {
            throw new IllegalStateException("handoff.routes-dir: " + words(e, files), e);
        }
    }

    /**
     * What a folder changes of our routes; a copy that is the same changes nothing.
     *
     * @param added files, as a person finds them
     * @param replaced names of ours
     */
    record Changed(List<String> added, List<String> replaced) {}

    static Changed changed(CamelContext context, String folder) throws Exception {
        return changed(shipped(context), added(context, folder));
    }

    private static Changed changed(Map<String, Resource> shipped, Map<String, Resource> added) throws IOException {
        Changed changed = new Changed(new ArrayList<>(), new ArrayList<>());
        for (Map.Entry<String, Resource> file : added.entrySet()) {
            Resource ours = shipped.get(file.getKey());
            if (ours == null) {
                changed.added().add(shown(file.getValue()));
            } else if (!Arrays.equals(bytes(ours), bytes(file.getValue()))) {
                changed.replaced().add(file.getKey());
            }
        }
        return changed;
    }

    private static void tell(Map<String, Resource> shipped, Map<String, Resource> added) throws IOException {
        Changed changed = changed(shipped, added);
        changed.added().forEach(file -> LOG.info("{} is added to the routes", file));
        changed.replaced().forEach(name -> LOG.info("{} replaces the application's {}", shown(added.get(name)), name));
    }

    private static byte[] bytes(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return content.readAllBytes();
        }
    }

    /**
     * Refuses routes that lead nowhere, see {@link RouteReferences#dangling}.
     *
     * @param needed routes {@code direct:<name>} that only a setting names, by setting
     * @throws IllegalArgumentException naming the setting, or file and line of what leads nowhere
     */
    static void requireReferences(CamelContext context, Map<String, List<String>> needed) {
        List<String> dangling = RouteReferences.dangling(context, needed);
        if (!dangling.isEmpty()) {
            throw new IllegalArgumentException("handoff.routes-dir: " + first(dangling));
        }
    }

    private static String first(List<String> problems) {
        int more = problems.size() - SHOWN;
        return problems.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Ours, by their names below their folder. */
    static Map<String, Resource> shipped(CamelContext context) throws Exception {
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(context);
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        Map<String, Resource> byName = new TreeMap<>();
        // In a jar the scanner's resources lose their folder: there the predicate, which sees it, notes their names
        for (Resource shipped : resolver.findResources("classpath:" + ROOT + PATTERN, path -> {
            Matcher inJar = IN_JAR.matcher(path);
            if (inJar.matches()) {
                byName.put(inJar.group(1), loader.resolveResource("classpath:" + ROOT + inJar.group(1)));
            }
            return !path.contains("/");
        })) {
            byName.put(nameBelow(shipped, ROOT), shipped);
        }
        return byName;
    }

    /** The files of the folder, by their names below it. */
    static Map<String, Resource> added(CamelContext context, String folder) throws Exception {
        Map<String, Resource> byName = new TreeMap<>();
        if (Files.isDirectory(Path.of(folder))) {
            String root = folder.endsWith("/") ? folder : folder + "/";
            for (Resource added :
                    PluginHelper.getPackageScanResourceResolver(context).findResources("file:" + root + PATTERN)) {
                String name = nameBelow(added, root);
                // where Kubernetes keeps what it links to from the folder itself
                if (!name.startsWith("..")) {
                    byName.put(name, added);
                }
            }
        }
        return byName;
    }

    private static String nameBelow(Resource resource, String root) {
        String location = resource.getLocation();
        return location.substring(location.lastIndexOf(root) + root.length());
    }

    /** @throws IllegalArgumentException when an id stands twice, with both places */
    static void requireDifferentIds(Map<String, Resource> files, Map<String, Resource> added) throws IOException {
        RouteIds ids = new RouteIds();
        for (Map.Entry<String, Resource> file : files.entrySet()) {
            boolean ours = !added.containsKey(file.getKey());
            String shown = ours ? "the application's " + file.getKey() : shown(file.getValue());
            for (Node item : items(file.getValue())) {
                ids.read(shown, item);
            }
        }
        if (!ids.twice().isEmpty()) {
            throw new IllegalArgumentException(first(ids.twice())
                    + ". Give one of them another id, or its file the other's name below the folder, to replace it");
        }
    }

    static List<Node> items(Resource file) throws IOException {
        List<Node> items = new ArrayList<>();
        LoadSettings settings =
                LoadSettings.builder().setLabel(file.getLocation()).build();
        try (InputStream yaml = file.getInputStream()) {
            for (Node document : new Compose(settings).composeAllFromInputStream(yaml)) {
                if (document instanceof SequenceNode list) {
                    items.addAll(list.getValue());
                } else if (document instanceof MappingNode
                        && RouteIds.value(document, "apiversion").isEmpty()) {
                    // Camel would pass it over
                    throw new IllegalArgumentException(shown(file) + ", line " + line(document.getStartMark())
                            + ": must be a list, each item of which begins with '- '");
                }
            }
        }
        return items;
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    /** A file as a person finds it. */
    static String shown(Resource file) {
        return file.getLocation().replaceFirst("^(file|classpath):", "");
    }

    /** What is wrong with route files, and where. */
    static String words(Exception failure, Map<String, Resource> files) {
        MarkedYamlEngineException yaml = ObjectHelper.getException(MarkedYamlEngineException.class, failure);
        if (yaml != null && yaml.getProblemMark().isPresent()) {
            Mark mark = yaml.getProblemMark().get();
            return mark.getName().replaceFirst("^(file|classpath):", "") + ", line " + (mark.getLine() + 1) + ": "
                    + yaml.getProblem();
        }
        String words =
                String.valueOf(FailureWords.innermost(failure).getMessage()).strip();
        return failure instanceof IllegalArgumentException && words.contains(", line ")
                ? words
                : culprit(files.values()).map(place -> place + ": ").orElse("") + words;
    }

    /** Where the first item is that alone cannot be read either, when the failure itself does not tell. */
    private static Optional<String> culprit(Collection<Resource> files) {
        for (Resource file : files) {
            try {
                List<Node> items = items(file);
                List<String> lines = new String(file.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                for (int i = 0; i < items.size(); i++) {
                    int from = line(items.get(i).getStartMark());
                    int to = i + 1 < items.size() ? line(items.get(i + 1).getStartMark()) - 1 : lines.size();
                    if (!canBeRead(file, String.join("\n", lines.subList(from - 1, to)))) {
                        return Optional.of(shown(file) + ", in what begins in line " + from);
                    }
                }
            } catch (IOException unreadable) {
                return Optional.of(shown(file));
            }
        }
        return Optional.empty();
    }

    private static boolean canBeRead(Resource file, String item) throws IOException {
        try (DefaultCamelContext alone = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(alone).loadRoutes(ResourceHelper.fromString(file.getLocation(), item));
            return true;
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }
}
