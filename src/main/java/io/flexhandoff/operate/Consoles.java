package io.flexhandoff.operate;

import io.flexhandoff.management.Console;
import io.flexhandoff.org.Orgs;
import java.util.Map;
import javax.management.JMException;
import org.apache.camel.CamelContext;

/** The MBeans for operators that {@code routes/operate} stands behind. */
public final class Consoles {

    private Consoles() {}

    /** Shows them in the context's management, if it has any; they go when the context stops. */
    public static void show(CamelContext context, Orgs orgs) throws JMException {
        OperatorRoutes routes = new OperatorRoutes(context);
        Console.show(context, "Orgs", new OrgConsole(orgs, routes));
        Console.show(context, "LateSegments", new LateSegmentConsole(routes));
        Console.show(context, "Handoffs", new HandoffConsole(routes));
    }

    /** Which orgs are paused is known before the first request comes. */
    public static void loadPauses(CamelContext context) {
        new OperatorRoutes(context).ask("load-pauses", Map.of(), Object.class);
    }
}
