package io.flexhandoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.support.HandoffTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What every route file owes an operator. */
@HandoffTest
class RouteFilesTest {

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
                    .isIn(Set.of("api", "doors", "events", "inner"));
        });
    }

    @Test
    void everyStepHasANameOfItsOwn() {
        Map<String, Long> generated = routes().stream()
                .flatMap(route -> route.getOutputs().stream())
                .filter(step -> !step.hasCustomIdAssigned())
                .collect(Collectors.groupingBy(NamedNode::getId, TreeMap::new, Collectors.counting()));

        assertThat(generated).isEmpty();
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
