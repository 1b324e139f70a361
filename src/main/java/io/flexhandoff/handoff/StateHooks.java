package io.flexhandoff.handoff;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** The routes {@code direct:on-handoff-<state>} that a team has added. Bound as {@code stateIsAwaited}. */
public final class StateHooks implements Predicate {

    private final CamelContext context;

    public StateHooks(CamelContext context) {
        this.context = context;
    }

    /** Whether a route waits for handoffs to reach the state of the variable {@code reached}. */
    @Override
    public boolean matches(Exchange exchange) {
        return isRoute(context, "on-handoff-" + exchange.getVariable("reached"));
    }

    /** Whether there is a route {@code direct:<name>}. */
    public static boolean isRoute(CamelContext context, String name) {
        String uri = "direct://" + name;
        return context.getRoutes().stream()
                .anyMatch(route -> route.getEndpoint().getEndpointUri().equals(uri));
    }
}
