package io.flexhandoff.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Finds the route files: those in the jar and those in the folder {@code handoff.routes-dir}. A file in the folder that
 * has the name of one in the jar replaces it; any other is added.
 */
final class RouteFiles {

    private static final String PATTERN = "**/*.camel.yaml";
    private static final String ROOT = "routes/";

    private RouteFiles() {}

    static Collection<Resource> find(CamelContext context, String folder) throws Exception {
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(context);
        Map<String, Resource> byName = new TreeMap<>();
        for (Resource shipped : resolver.findResources("classpath:" + ROOT + PATTERN)) {
            byName.put(nameBelow(shipped, ROOT), shipped);
        }
        String root = folder.endsWith("/") ? folder : folder + "/";
        for (Resource added : resolver.findResources("file:" + root + PATTERN)) {
            byName.put(nameBelow(added, root), added);
        }
        return byName.values();
    }

    private static String nameBelow(Resource resource, String root) {
        String location = resource.getLocation();
        return location.substring(location.lastIndexOf(root) + root.length());
    }
}
