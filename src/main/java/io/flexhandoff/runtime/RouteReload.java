package io.flexhandoff.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the route files of {@code handoff.routes-dir} as they are saved, for development. Of a file that cannot be taken over the
 * former routes stay. Camel's own reload loads all files again, which adds the routes of the API to themselves.
 */
final class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final String FILE = ".camel.yaml";
    private static final String KAMELET = ".kamelet.yaml";
    private static final List<String> CAMEL = List.of("camel.main.", "camel.springboot.");
    private static final List<String> CAMELS =
            List.of("routes-reload-enabled", "context-reload-enabled", "routesReloadEnabled", "contextReloadEnabled");
    private static final int PERIOD_MILLIS = 500;

    private final CamelContext context;
    private final String folder;
    /** What is in force, by name below the folder. */
    private final Map<String, Resource> inForce = new TreeMap<>();

    private RouteReload(CamelContext context, String folder) {
        this.context = context;
        this.folder = folder;
    }

    /** @throws IllegalStateException when the folder cannot be watched */
    static void watch(CamelContext context, String folder) {
        RouteReload reload = new RouteReload(context, folder);
        FileWatcherResourceReloadStrategy watcher = new FileWatcherResourceReloadStrategy(folder, true);
        watcher.setPollTimeout(PERIOD_MILLIS);
        watcher.setFileFilter(
                file -> file.getName().endsWith(FILE) || file.getName().endsWith(KAMELET));
        watcher.setResourceReload((name, resource) -> reload.saved(resource));
        try {
            for (Map.Entry<String, Resource> file :
                    RouteFiles.all(context, folder).entrySet()) {
                reload.inForce.put(file.getKey(), copy(file.getValue()));
            }
            context.addService(watcher);
        } catch (Exception e) {
            throw new IllegalStateException("handoff.routes-reload: " + folder + " cannot be watched", e);
        }
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

    private synchronized void saved(Resource file) {
        String shown = RouteFiles.shown(file);
        try {
            Resource now = copy(file);
            Resource former = inForce.get(name(file));
            if (former != null && Arrays.equals(bytes(former), bytes(now))) {
                return;
            }
            if (shown.endsWith(KAMELET) || !(isRoutesAlone(now) && (former == null || isRoutesAlone(former)))) {
                LOG.warn("{} holds more than routes: it is taken over by a restart", shown);
                return;
            }
            take(now, former);
            inForce.put(name(file), now);
            LOG.info("{} is taken over", shown);
        } catch (Exception e) {
            LOG.error("The former routes stay: {}", words(e, file));
        }
    }

    private String words(Exception failure, Resource file) {
        return BrokenRoute.words(failure, folder)
                .orElseGet(() -> RouteFiles.words(failure, Map.of(file.getLocation(), file)));
    }

    private void take(Resource now, Resource former) throws Exception {
        Set<String> ids = routes(now);
        Set<String> formerIds = former == null ? Set.of() : routes(former);
        RouteFiles.requireDifferentIds(context, folder);
        try {
            remove(formerIds, ids);
            PluginHelper.getRoutesLoader(context).updateRoutes(now);
            RouteFiles.requireReferences(context, Map.of());
        } catch (Exception e) {
            remove(ids, formerIds);
            if (former != null) {
                PluginHelper.getRoutesLoader(context).updateRoutes(former);
            }
            throw e;
        }
    }

    private void remove(Set<String> ids, Set<String> kept) throws Exception {
        for (String id : ids) {
            if (!kept.contains(id)) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
                ModelCamelContext model = (ModelCamelContext) context;
                RouteDefinition definition = model.getRouteDefinition(id);
                if (definition != null) {
                    model.removeRouteDefinition(definition);
                }
            }
        }
    }

    /** The ids of a file's routes; it is read apart from all else, so that one that cannot be read changes nothing. */
    private static Set<String> routes(Resource file) throws Exception {
        try (DefaultCamelContext alone = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(alone).loadRoutes(file);
            Set<String> ids = new TreeSet<>();
            alone.getRouteDefinitions().forEach(route -> ids.add(route.getId()));
            return ids;
        }
    }

    private static boolean isRoutesAlone(Resource file) throws IOException {
        return RouteFiles.items(file).stream().allMatch(RouteIds::isRoute);
    }

    private static Resource copy(Resource file) throws IOException {
        return ResourceHelper.fromBytes(file.getLocation(), bytes(file));
    }

    private static byte[] bytes(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            return content.readAllBytes();
        }
    }

    private String name(Resource file) {
        return Path.of(folder)
                .toAbsolutePath()
                .normalize()
                .relativize(Path.of(RouteFiles.shown(file)).toAbsolutePath().normalize())
                .toString();
    }
}
