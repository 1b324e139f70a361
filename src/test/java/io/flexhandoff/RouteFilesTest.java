package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.HandoffTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What every route file owes an operator. */
@HandoffTest
class RouteFilesTest {

    /** {@code id="setHeader12"}, as Camel counts them, and a step without; where a route begins is shown by its URI as well. */
    private static final Pattern NAMELESS =
            Pattern.compile(" id=\"(?!from\\d)[a-zA-Z]+\\d+\"|<set(?:Header|Variable) (?![^>]*\\bid=)[^>]*>");

    private static final Path ROUTES = Path.of("routes");

    @Autowired
    private CamelContext context;

    private List<RouteDefinition> routes() {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(route -> !Boolean.TRUE.equals(route.isRest()))
                        .filter(route -> !Boolean.TRUE.equals(route.isKamelet()))
                        .toList();
    }

    @Test
    void everyRouteSaysWhatItIsForAndWhatHappensOnFailure() {
        assertThat(routes()).hasSizeGreaterThan(20).allSatisfy(route -> {
            assertThat(route.getDescriptionText()).as(route.getId()).isNotBlank();
            assertThat(route.getGroup()).as(route.getId()).isNotBlank();
            assertThat(route.getRouteConfigurationId())
                    .as(route.getId())
                    .isIn(Set.of("api", "operate", "door", "event", "inner"));
        });
    }

    /** Who knows a word on one side finds it on the other: folders are packages, and what a route is shown under in Hawtio. */
    @Test
    void routesAndJavaHaveTheSameFolders() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".camel.yaml"))
                            .filter(file -> !file.getParent().equals(ROUTES)))
                    .allSatisfy(file -> {
                        String folder = file.getParent().getFileName().toString();
                        assertThat(Path.of("src/main/java/io/flexhandoff", folder))
                                .isDirectory();
                        assertThat(Files.readAllLines(file))
                                .filteredOn(line -> line.startsWith("    group:") || line.contains("logName:"))
                                .map(String::strip)
                                .isSubsetOf("group: " + folder, "logName: io.flexhandoff." + folder);
                    });
        }
    }

    @Test
    void everyStepHasANameOfItsOwn() throws Exception {
        ModelToXMLDumper dumper = PluginHelper.getModelToXMLDumper(context.getCamelContextExtension());
        Set<String> nameless = new TreeSet<>();
        for (RouteDefinition route : routes()) {
            // as Hawtio gets it for its diagram
            String shown = dumper.dumpModelAsXml(context, route, false, true, false);
            assertThat(shown).contains(route.getId());
            NAMELESS.matcher(shown).results().map(MatchResult::group).forEach(nameless::add);
        }

        assertThat(nameless).isEmpty();
    }

    /** In Hawtio's diagram, too. */
    @Test
    void whatARouteDoesOnFailureIsShown() throws Exception {
        ModelToXMLDumper dumper = PluginHelper.getModelToXMLDumper(context.getCamelContextExtension());
        StringBuilder shown = new StringBuilder();
        for (RouteDefinition route : routes()) {
            shown.append(dumper.dumpModelAsXml(context, route, false, true, false));
        }
        StringBuilder written = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROUTES)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .toList()) {
                written.append(Files.readString(file));
            }
        }

        long catches = Pattern.compile("(?m)^ *doCatch:\n *- id: ([\\w-]+)")
                .matcher(written)
                .results()
                .peek(caught -> assertThat(shown).containsPattern("<doCatch id=\"" + caught.group(1) + "\""))
                .count();
        assertThat(catches).isGreaterThan(20);
    }

    @Test
    void everyDirectEndpointThatIsCalledHasARoute() {
        Set<String> there = context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointBaseUri())
                .collect(Collectors.toSet());

        assertThat(context.getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointBaseUri().startsWith("direct:"))
                .allSatisfy(endpoint -> assertThat(there).contains(endpoint.getEndpointBaseUri()));
    }
}
