package io.flexhandoff.operate;

import io.flexhandoff.org.Orgs;
import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** Orgs for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=Orgs}. */
@ManagedResource(description = "How each org is; pause and resume its transfers")
public final class OrgConsole {

    private final Orgs orgs;
    private final OperatorRoutes routes;

    OrgConsole(Orgs orgs, OperatorRoutes routes) {
        this.orgs = orgs;
        this.routes = routes;
    }

    @ManagedOperation(
            description =
                    "How each org is: whether transfers are open, the calls that this node has turned away since they are "
                            + "paused, its calls in handoff and waiting for a rep, the last transfer, what is parked, dead or "
                            + "came late, and the circuits to Twilio's products, of this node")
    public List<Map<String, String>> list() {
        return routes.rows("org-states", Map.of());
    }

    @ManagedOperation(
            description =
                    "Lets an org hand over no more calls, on every node and over restarts, until it is resumed; give the org "
                            + "and a reason. The AI keeps these calls and asks again. What was accepted before goes on, "
                            + "segments flow")
    public String pause(String org, String reason) {
        return change("pause-transfers", org, reason);
    }

    @ManagedOperation(description = "Lets an org hand over calls again, on every node within seconds; give the org")
    public String resume(String org) {
        return change("resume-transfers", org, "");
    }

    private String change(String route, String org, String reason) {
        if (orgs.find(org).isEmpty()) {
            throw new IllegalArgumentException("org: there is no org '" + org + "'");
        }
        String why = reason == null ? "" : reason.strip();
        if (why.length() > 250) {
            throw new IllegalArgumentException("reason: at most 250 characters");
        }
        return org + " is " + routes.ask(route, Map.of("org", org, "reason", why), String.class);
    }
}
