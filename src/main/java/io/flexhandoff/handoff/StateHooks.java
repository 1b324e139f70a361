package io.flexhandoff.handoff;

import org.apache.camel.CamelContext;

/** The routes {@code direct:on-handoff-<state>} that a team has added. Bound as {@code stateHooks}. */
public final class StateHooks {

    private final CamelContext context;

    public StateHooks(CamelContext context) {
        this.context = context;
    }

    /** Whether a route waits for handoffs to reach that state. */
    public boolean awaits(String state) {
        return isRoute(context, "on-handoff-" + state);
    }

    /** Whether there is a route {@code direct:<name>}. */
    public static boolean isRoute(CamelContext context, String name) {
        String uri = "direct://" + name;
        return context.getRoutes().stream()
                .anyMatch(route -> route.getEndpoint().getEndpointUri().equals(uri));
    }
}
