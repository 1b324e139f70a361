package io.flexhandoff.runtime;

import io.flexhandoff.org.SimilarName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What routes name: targets {@code direct:} and {@code seda:}, route configurations, and components and options of endpoints that are made
 * only once a message comes. Camel takes a name that nobody has, and the first call would find out.
 */
final class RouteReferences {

    private static final Set<String> INSIDE = Set.of("direct", "seda");
    private static final Set<String> FIXED = Set.of("constant", "simple");

    private static final Logger LOG = LoggerFactory.getLogger(RouteReferences.class);

    /** Letters that are other than they should be, for a name to be taken as misspelt where any name is right. */
    private static final int MISSPELT = 2;

    private final CamelContext context;
    private final KameletParameters kamelets;
    private final Model model;
    private final Set<String> consumed = new TreeSet<>();
    private final Set<String> configurations = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private RouteReferences(CamelContext context) {
        this.context = context;
        this.kamelets = new KameletParameters(context);
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /**
     * Looks through the routes of a context that is not started yet.
     *
     * @param needed routes {@code direct:<name>} that only a setting names, by setting
     * @return what leads nowhere, with file and line
     * @throws IllegalArgumentException naming the setting whose route is not there
     */
    static List<String> dangling(CamelContext context, Map<String, List<String>> needed) {
        RouteReferences references = new RouteReferences(context);
        references.collect();
        needed.forEach(references::require);
        references.look();
        return references.problems;
    }

    /** The routes {@code direct:<name>} that only a setting names, by setting. */
    static Map<String, List<String>> ofSettings(Settings settings) {
        return Map.of(
                "handoff.enrichment.steps",
                settings.list("handoff.enrichment.steps").stream()
                        .map(step -> "enrich-" + step)
                        .toList());
    }

    private void collect() {
        model.getRouteConfigurationDefinitions().forEach(each -> configurations.add(each.getId()));
        for (RouteDefinition route : model.getRouteDefinitions()) {
            consumed.add(target(route.getInput().getEndpointUri()));
            steps(route.getOutputs(), PollEnrichDefinition.class)
                    .forEach(each -> fixed(each).forEach(uri -> consumed.add(target(uri))));
        }
    }

    private void require(String setting, List<String> names) {
        for (String name : names) {
            if (!consumed.contains("direct:" + name)) {
                throw new IllegalArgumentException(
                        setting + ": there is no route direct:" + name + meant("direct:" + name, consumed));
            }
        }
    }

    private void look() {
        for (RouteDefinition route : model.getRouteDefinitions()) {
            lookAtConfiguration(route);
            String from = route.getInput().getEndpointUri();
            lookAtOptions(route, StringHelper.before(from, ":", from), from, false);
            look(route.getOutputs());
        }
        for (RouteConfigurationDefinition shared : model.getRouteConfigurationDefinitions()) {
            Stream.of(
                            shared.getOnExceptions(),
                            shared.getOnCompletions(),
                            shared.getIntercepts(),
                            shared.getInterceptFroms(),
                            shared.getInterceptSendTos())
                    .flatMap(Collection::stream)
                    .forEach(each -> look(each.getOutputs()));
        }
        model.getRestDefinitions().stream()
                .flatMap(rest -> rest.getVerbs().stream())
                .map(VerbDefinition::getTo)
                .filter(to -> to != null)
                .forEach(to -> lookAtTarget(to, to.getEndpointUri()));
    }

    /** One may be a pattern, and there may be several, as Camel has it. */
    private void lookAtConfiguration(RouteDefinition route) {
        String ids = route.getRouteConfigurationId();
        if (ids != null
                && !Arrays.stream(ids.split(",")).allMatch(id -> configurations.stream()
                        .anyMatch(each -> PatternHelper.matchPattern(each, id.strip())))) {
            problems.add(place(route) + "there is no route configuration " + ids + meant(ids, configurations));
        }
    }

    private void look(List<ProcessorDefinition<?>> outputs) {
        steps(outputs, SendDefinition.class).forEach(step -> {
            String uri = step.getEndpointUri();
            lookAtOptions(step, StringHelper.before(uri, ":", uri), uri, false);
            lookAtTarget(step, uri);
        });
        steps(outputs, ToDynamicDefinition.class).forEach(step -> lookAtLate(step, step.getUri()));
        Stream.of(
                        EnrichDefinition.class,
                        PollEnrichDefinition.class,
                        RecipientListDefinition.class,
                        RoutingSlipDefinition.class)
                .flatMap(type -> steps(outputs, type))
                .forEach(step -> fixed(step).forEach(uri -> lookAtLate(step, uri)));
    }

    /** An endpoint that Camel makes once a message comes. */
    private void lookAtLate(OptionalIdentifiedDefinition<?> step, String uri) {
        String scheme = StringHelper.before(uri, ":");
        if (scheme == null || scheme.contains("$") || scheme.contains("{")) {
            return;
        }
        if (context.getComponent(scheme) == null) {
            problems.add(place(step) + "there is no component " + scheme + meant(scheme, context.getComponentNames()));
            return;
        }
        lookAtOptions(step, scheme, uri, true);
        lookAtTarget(step, uri);
    }

    /** @param late whether Camel refuses none of them at the start */
    private void lookAtOptions(OptionalIdentifiedDefinition<?> step, String scheme, String uri, boolean late) {
        EndpointUriFactory options = context.getCamelContextExtension().getEndpointUriFactory(scheme);

        if (options == null) {
            return;
        }
        Set<String> unknown = Arrays.stream(StringHelper.after(uri, "?", "").split("&"))
                .map(option -> StringHelper.before(option, "=", option))
                .filter(name ->
                        !name.isEmpty() && !name.contains("$") && !name.contains("{") && !isOption(options, name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (scheme.equals("kamelet")) {
            String name =
                    URISupport.stripQuery(uri).replaceFirst("kamelet:(//)?", "").replaceFirst("/.*", "");
            if (!name.equals("sink") && !name.equals("source") && !name.contains("$") && !name.contains("{")) {
                kamelets.flaw(name, unknown).ifPresent(flaw -> problems.add(place(step) + flaw));
            }
        } else if (options.isLenientProperties()) {
            unknown.forEach(name -> misspelt(name, options)
                    .ifPresent(meant -> LOG.warn(
                            "{}{} is no option of the component {} and goes to the other side as a parameter, did you mean {}?",
                            place(step),
                            name,
                            scheme,
                            meant)));
        } else if (late) {
            unknown.forEach(name -> problems.add(place(step) + "the component " + scheme + " has no option " + name
                    + meant(name, options.propertyNames())));
        }
    }

    private static Optional<String> misspelt(String name, EndpointUriFactory options) {
        return SimilarName.of(name, options.propertyNames().stream())
                .filter(option -> SimilarName.distance(name, option) <= MISSPELT);
    }

    private static boolean isOption(EndpointUriFactory options, String name) {
        return options.propertyNames().contains(name)
                || options.multiValuePrefixes().values().stream().anyMatch(name::startsWith);
    }

    private void lookAtTarget(OptionalIdentifiedDefinition<?> step, String uri) {
        String target = target(uri);
        if (!INSIDE.contains(StringHelper.before(target, ":", ""))
                || target.contains("${")
                || target.contains("{{")
                || uri.contains("failIfNoConsumers=false")
                || uri.contains("discardIfNoConsumers=true")
                || consumed.contains(target)) {
            return;
        }
        problems.add(place(step) + "no route begins with " + target + meant(target, consumed));
    }

    /** The endpoint without its options, and with what settings make of placeholders. */
    private String target(String uri) {
        String bare = URISupport.stripQuery(uri).replaceFirst("://", ":");
        if (!bare.contains("{{")) {
            return bare;
        }
        try {
            return context.resolvePropertyPlaceholders(bare);
        } catch (IllegalArgumentException notSet) {
            // Camel tells it of the route, when that is made
            return bare;
        }
    }

    private static <T> Stream<T> steps(List<ProcessorDefinition<?>> outputs, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(outputs, type).stream();
    }

    /** The URIs that an expression always has. */
    private static List<String> fixed(ExpressionNode step) {
        return step.getExpression() != null
                        && FIXED.contains(step.getExpression().getLanguage())
                        && !step.getExpression().getExpression().contains("${")
                ? Arrays.stream(step.getExpression().getExpression().split(","))
                        .map(String::strip)
                        .toList()
                : List.of();
    }

    static String meant(String name, Collection<String> known) {
        return SimilarName.of(name, known.stream())
                .map(other -> ", did you mean " + other + "?")
                .orElse("");
    }

    private static String place(OptionalIdentifiedDefinition<?> part) {
        String kind = part instanceof RouteDefinition ? "route " : "step ";
        return Stream.of(
                        part.getLocation() == null ? "" : part.getLocation().replaceFirst("^(file|classpath):", ""),
                        part.getLineNumber() > 0 ? "line " + part.getLineNumber() : "",
                        part.getId() == null ? "" : kind + part.getId())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", ", "", ": "));
    }
}
