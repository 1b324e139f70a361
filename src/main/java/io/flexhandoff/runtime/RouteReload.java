package io.flexhandoff.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the route files of {@code handoff.routes-dir} as they are saved, for development. Of a file that cannot be taken over the
 * former routes stay. Camel's own reload loads all files again, which adds the routes of the API to themselves, and its watcher does not see
 * folders that are new.
 */
final class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final String KAMELET = ".kamelet.yaml";
    private static final List<String> CAMEL = List.of("camel.main.", "camel.springboot.");
    private static final List<String> CAMELS =
            List.of("routes-reload-enabled", "context-reload-enabled", "routesReloadEnabled", "contextReloadEnabled");
    private static final int PERIOD_MILLIS = 500;

    private final CamelContext context;
    private final String folder;
    private final Map<String, Resource> shipped;
    /** What is in force, and what was refused, by name below the folder. */
    private final Map<String, Resource> inForce = new TreeMap<>();

    private final Map<String, Resource> refused = new TreeMap<>();
    private Map<Path, FileTime> kamelets;

    private RouteReload(CamelContext context, String folder) throws Exception {
        this.context = context;
        this.folder = folder;
        this.shipped = copies(RouteFiles.shipped(context));
        this.inForce.putAll(files());
        this.kamelets = kamelets();
    }

    /** @throws IllegalArgumentException naming the setting by which Camel would reload */
    static void refuseCamels(Settings settings) {
        for (String prefix : CAMEL) {
            for (String setting : CAMELS) {
                String name = prefix + setting;
                if (settings.find(name).filter("true"::equalsIgnoreCase).isPresent()) {
                    throw new IllegalArgumentException(
                            name + ": Camel's own reload would end the API, which the next call does"
                                    + " not survive; for development there is handoff.routes-reload=true");
                }
            }
        }
    }

    /** @throws IllegalStateException when the folder cannot be read */
    static void watch(CamelContext context, String folder) {
        try {
            RouteReload reload = new RouteReload(context, folder);
            context.getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(reload, "routes-reload")
                    .scheduleWithFixedDelay(reload::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("handoff.routes-reload: " + folder + " cannot be read", e);
        }
    }

    private void look() {
        if (!context.isStarted() || !Files.isDirectory(Path.of(folder))) {
            return;
        }
        try {
            Map<String, Resource> files = files();
            Set<String> names = new TreeSet<>(inForce.keySet());
            names.addAll(files.keySet());
            names.forEach(name -> compare(name, files.get(name)));
            Map<Path, FileTime> now = kamelets();
            if (!now.equals(kamelets)) {
                LOG.warn("A Kamelet in {} has changed: it is taken over by a restart", folder);
            }
            kamelets = now;
        } catch (Exception e) {
            LOG.debug("A file was being written", e);
        }
    }

    private void compare(String name, Resource now) {
        Resource former = inForce.get(name);
        if (same(now, former)) {
            refused.remove(name);
            return;
        }
        if (refused.containsKey(name) && same(now, refused.get(name))) {
            return;
        }
        String shown = RouteFiles.shown(now == null ? former : now);
        try {
            if (!isRoutesAlone(now) || !isRoutesAlone(former)) {
                LOG.warn("{} holds more than routes: it is taken over by a restart", shown);
                refused.put(name, now);
                return;
            }
            take(name, now, former);
            refused.remove(name);
            if (now == null) {
                inForce.remove(name);
                LOG.info("The routes of {} are gone, as it is", shown);
            } else {
                inForce.put(name, now);
                LOG.info("{} is taken over", shown);
            }
        } catch (Exception e) {
            refused.put(name, now);
            LOG.error(
                    "The former routes stay: {}",
                    BrokenRoute.words(e, folder)
                            .orElseGet(() -> RouteFiles.words(e, now == null ? Map.of() : Map.of(name, now))));
        }
    }

    private void take(String name, Resource now, Resource former) throws Exception {
        Set<String> ids = routes(now);
        Set<String> formerIds = routes(former);
        if (now != null) {
            Map<String, Resource> files = new TreeMap<>(inForce);
            files.put(name, now);
            RouteFiles.requireDifferentIds(files, Map.of(name, now));
        }
        try {
            replace(formerIds, ids, now);
            RouteFiles.requireReferences(context, Map.of());
        } catch (Exception e) {
            replace(ids, formerIds, former);
            throw e;
        }
    }

    private void replace(Set<String> ids, Set<String> kept, Resource file) throws Exception {
        for (String id : ids) {
            if (!kept.contains(id)) {
                remove(id);
            }
        }
        if (file != null) {
            PluginHelper.getRoutesLoader(context).updateRoutes(file);
        }
    }

    private void remove(String id) throws Exception {
        context.getRouteController().stopRoute(id);
        context.removeRoute(id);
        ModelCamelContext model = (ModelCamelContext) context;
        RouteDefinition definition = model.getRouteDefinition(id);
        if (definition != null) {
            model.removeRouteDefinition(definition);
        }
    }

    /** The ids of a file's routes; it is read apart from all else, so that one that cannot be read changes nothing. */
    private static Set<String> routes(Resource file) throws Exception {
        Set<String> ids = new TreeSet<>();
        if (file != null) {
            try (DefaultCamelContext alone = new DefaultCamelContext()) {
                PluginHelper.getRoutesLoader(alone).loadRoutes(file);
                alone.getRouteDefinitions().forEach(route -> ids.add(route.getId()));
            }
        }
        return ids;
    }

    private static boolean isRoutesAlone(Resource file) throws IOException {
        return file == null || RouteFiles.items(file).stream().allMatch(RouteIds::isRoute);
    }

    /** Those of the folder and, where it has none of the name, ours. */
    private Map<String, Resource> files() throws Exception {
        Map<String, Resource> files = new TreeMap<>(shipped);
        files.putAll(copies(RouteFiles.added(context, folder)));
        return files;
    }

    private Map<Path, FileTime> kamelets() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        if (Files.isDirectory(Path.of(folder))) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(KAMELET)).toList()) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    private static Map<String, Resource> copies(Map<String, Resource> files) throws IOException {
        Map<String, Resource> copies = new TreeMap<>();
        for (Map.Entry<String, Resource> file : files.entrySet()) {
            copies.put(file.getKey(), ResourceHelper.fromBytes(file.getValue().getLocation(), bytes(file.getValue())));
        }
        return copies;
    }

    private static boolean same(Resource one, Resource other) {
        try {
            return one == null || other == null ? one == other : Arrays.equals(bytes(one), bytes(other));
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] bytes(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return content.readAllBytes();
        }
    }
}
