package io.flexhandoff.runtime;

import io.flexhandoff.trace.FailureWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;

/**
 * Finds the route files: those in the jar and those in the folder {@code handoff.routes-dir}. A file in the folder that
 * has the name of one in the jar replaces it; any other is added.
 */
final class RouteFiles {

    private static final String PATTERN = "**/*.camel.yaml";
    private static final String ROOT = "routes/";
    private static final Pattern IN_JAR = Pattern.compile("(?:.*/)?" + ROOT + "(.*\\.camel\\.yaml)");

    private RouteFiles() {}

    static void load(CamelContext context, String folder) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(find(context, folder));
        } catch (Exception e) {
            throw new IllegalStateException(
                    "handoff.routes-dir: a route file cannot be read: "
                            + String.valueOf(FailureWords.innermost(e).getMessage())
                                    .strip(),
                    e);
        }
    }

    private static Collection<Resource> find(CamelContext context, String folder) throws Exception {
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
        if (!Files.isDirectory(Path.of(folder))) {
            return byName.values();
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
