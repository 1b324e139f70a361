package io.flexhandoff.connect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Problem;
import io.flexhandoff.management.Console;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** Connect for operators, over JMX and so in Hawtio: {@code org.apache.camel:context=…,type=services,name=Connect}. */
@ManagedResource(description = "Sets an org's Twilio account up for handoffs, and takes that back")
public final class ConnectConsole {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connect connect;

    private ConnectConsole(Connect connect) {
        this.connect = connect;
    }

    /** Shows the console in the context's management, if it has any; it goes when the context stops. */
    public static void register(CamelContext context, Connect connect) throws JMException {
        Console.show(context, "Connect", new ConnectConsole(connect));
    }

    @ManagedOperation(description = "What connect would change in the Twilio account of this org; changes nothing")
    public Map<String, Object> plan(String org) {
        return told(() -> connect.plan(org));
    }

    @ManagedOperation(
            description =
                    "What connect would change in the Twilio account of this org with TaskRouter's events coming by"
                            + " callback or stream; changes nothing")
    public Map<String, Object> planEvents(String org, String events) {
        return told(() -> connect.planAsked(org, events));
    }

    @ManagedOperation(
            description =
                    "Makes the changes of the plan with TaskRouter's events coming by callback or stream; replace (true or"
                            + " false) allows to displace a webhook or filter of somebody else")
    public Map<String, Object> applyEvents(String org, boolean replace, String events) {
        return told(() -> connect.applyAsked(org, Boolean.toString(replace), events));
    }

    @ManagedOperation(
            description = "Makes the changes of the plan for this org; replace (true or false) allows to displace a"
                    + " webhook or filter of somebody else")
    public Map<String, Object> apply(String org, boolean replace) {
        return told(() -> connect.apply(org, replace));
    }

    @ManagedOperation(description = "Restores what stood in the Twilio account of this org before connect changed it")
    public Map<String, Object> rollback(String org) {
        return told(() -> connect.rollback(org));
    }

    /** Plain maps and JDK exceptions: a JMX client need not know our classes. */
    private static Map<String, Object> told(Supplier<ConnectPlan> work) {
        try {
            return JSON.convertValue(work.get(), new TypeReference<Map<String, Object>>() {});
        } catch (Problem problem) {
            throw new IllegalStateException(problem.getMessage());
        }
    }
}
