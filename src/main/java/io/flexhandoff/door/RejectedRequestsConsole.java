package io.flexhandoff.door;

import io.flexhandoff.management.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/**
 * Refused requests for operators, over JMX and so in Hawtio: {@code
 * org.apache.camel:context=…,type=services,name=RejectedRequests}.
 */
@ManagedResource(description = "Requests to the URLs for Twilio that were refused: how many, of which org, and why")
public final class RejectedRequestsConsole {

    private final RejectedRequests rejected;

    private RejectedRequestsConsole(RejectedRequests rejected) {
        this.rejected = rejected;
    }

    /** Shows the console in the context's management, if it has any; it goes when the context stops. */
    public static void register(CamelContext context, RejectedRequests rejected) throws JMException {
        Console.show(context, "RejectedRequests", new RejectedRequestsConsole(rejected));
    }

    @ManagedAttribute(description = "Requests refused since the start")
    public long getTotal() {
        return rejected.all().stream()
                .mapToLong(RejectedRequests.Count::requests)
                .sum();
    }

    @ManagedOperation(description = "Refused requests by org and likely cause, the latest cause of each org first")
    public List<Map<String, String>> list() {
        return rejected.all().stream().map(RejectedRequestsConsole::row).toList();
    }

    private static Map<String, String> row(RejectedRequests.Count count) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("org", count.org());
        row.put("requests", Long.toString(count.requests()));
        row.put("cause", count.rejection().name());
        row.put("likelyCause", count.likelyCause());
        row.put("first", count.first().toString());
        row.put("last", count.last().toString());
        return row;
    }
}
