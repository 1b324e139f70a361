package io.flexhandoff.operate;

import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** Handoffs for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=Handoffs}. */
@ManagedResource(description = "The timeline of a handoff: each step with its time, tries and cause of failure")
public final class HandoffConsole {

    private final OperatorRoutes routes;

    HandoffConsole(OperatorRoutes routes) {
        this.routes = routes;
    }

    @ManagedOperation(
            description =
                    "The steps of a handoff in their order, with time, tries and cause; given a SID of its call, task, "
                            + "reservation or conversation, or the escalation's id")
    public List<Map<String, String>> timeline(String sid) {
        return routes.rows("handoff-timeline", Map.of("sid", sid.strip()));
    }

    @ManagedOperation(
            description =
                    "State, SIDs and transcript counts of a handoff; given a SID of its call, task, reservation or "
                            + "conversation, or the escalation's id")
    public List<Map<String, String>> find(String sid) {
        return routes.rows("handoffs-by-sid", Map.of("sid", sid.strip()));
    }
}
