package io.flexhandoff.runtime;

import io.flexhandoff.trace.FailureWords;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.ObjectHelper;

/**
 * A route of the folder {@code handoff.routes-dir} that can be read but not be made or started. Camel names its id; where it is in the
 * files is looked up when it is too late for all else.
 */
final class BrokenRoute {

    /** How Camel names the step that it could not make. */
    private static final Pattern STEP = Pattern.compile(" at: >>> (.*?) <<< ", Pattern.DOTALL);

    private static final Pattern CONSUMED =
            Pattern.compile("Multiple consumers for the same endpoint is not allowed: (\\S+)");

    private BrokenRoute() {}

    /** What is wrong, with file and line; empty when the failure is none of a route in the folder. */
    static Optional<String> words(Throwable failure, String folder) {
        FailedToCreateRouteException notMade = ObjectHelper.getException(FailedToCreateRouteException.class, failure);
        FailedToStartRouteException notStarted = ObjectHelper.getException(FailedToStartRouteException.class, failure);
        if (notMade == null && notStarted == null) {
            return Optional.empty();
        }
        String id = notMade == null ? notStarted.getRouteId() : notMade.getRouteId();
        Matcher step = STEP.matcher(notMade == null ? "" : notMade.getMessage());
        String words =
                String.valueOf(FailureWords.innermost(failure).getMessage()).strip();
        Matcher consumed = CONSUMED.matcher(words);
        String endpoint = consumed.find() ? consumed.group(1) : null;
        return place(
                        folder,
                        route -> id.equals(route.getId()) || consumes(route, endpoint),
                        step.find() ? step.group(1) : "")
                .map(place -> place + ": " + words);
    }

    /** Of two routes with one endpoint Camel names the one that comes second, which may be ours. */
    private static boolean consumes(RouteDefinition route, String endpoint) {
        return endpoint != null
                && route.getInput() != null
                && route.getInput().getEndpointUri().replace("://", ":").equals(endpoint.replace("://", ":"));
    }

    private static Optional<String> place(String folder, Predicate<RouteDefinition> isIt, String step) {
        try (DefaultCamelContext scanner = new DefaultCamelContext()) {
            for (Map.Entry<String, Resource> file :
                    RouteFiles.added(scanner, folder).entrySet()) {
                try (DefaultCamelContext alone = new DefaultCamelContext()) {
                    PluginHelper.getRoutesLoader(alone).loadRoutes(file.getValue());
                    Optional<RouteDefinition> route =
                            alone.getRouteDefinitions().stream().filter(isIt).findFirst();
                    if (route.isPresent()) {
                        return route.map(found -> RouteFiles.shown(file.getValue()) + ", line " + line(found, step)
                                + ", route " + found.getId());
                    }
                }
            }
            return Optional.empty();
        } catch (Exception unreadable) {
            return Optional.empty();
        }
    }

    private static int line(RouteDefinition route, String step) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream()
                .filter(each -> each.toString().equals(step) && each.getLineNumber() > 0)
                .findFirst()
                .map(each -> each.getLineNumber())
                .orElse(route.getLineNumber());
    }
}
