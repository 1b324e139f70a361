package io.flexhandoff.operate;

import java.util.List;
import java.util.Map;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * Late segments for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=LateSegments}.
 */
@ManagedResource(
        description =
                "Segments that are not in their thread yet: what is parked, since when, and when it is tried again")
public final class LateSegmentConsole {

    private final OperatorRoutes routes;

    LateSegmentConsole(OperatorRoutes routes) {
        this.routes = routes;
    }

    @ManagedOperation(
            description = "How many segments of each call are not in its thread yet, those that wait longest first")
    public List<Map<String, String>> calls() {
        return routes.rows("late-calls", Map.of());
    }

    @ManagedOperation(
            description =
                    "The segments of a call that are not in its thread yet, given the Call SID, with the next try and the cause")
    public List<Map<String, String>> list(String callSid) {
        return routes.rows("late-segments", Map.of("callSid", callSid.strip()));
    }
}
