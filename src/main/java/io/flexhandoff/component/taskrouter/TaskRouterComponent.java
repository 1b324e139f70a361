package io.flexhandoff.component.taskrouter;

import io.flexhandoff.twilio.TwilioClients;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Works with the tasks, workers and workflow of an org in Twilio TaskRouter. */
@Component("twilio-taskrouter")
public class TaskRouterComponent extends DefaultComponent {

    @Metadata
    private TaskRouterConfiguration configuration = new TaskRouterConfiguration();

    @Metadata(label = "advanced", autowired = true)
    private TwilioClients clients;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        TaskRouterConfiguration own = configuration.copy();
        own.setOperation(operation(remaining));
        TaskRouterEndpoint endpoint = new TaskRouterEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static TaskRouterOperations operation(String name) {
        return Arrays.stream(TaskRouterOperations.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown operation '" + name + "'; there are "
                        + Arrays.toString(TaskRouterOperations.values())));
    }

    public TaskRouterConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that endpoints start from. */
    public void setConfiguration(TaskRouterConfiguration configuration) {
        this.configuration = configuration;
    }

    public TwilioClients getClients() {
        return clients;
    }

    /** The orgs' access to Twilio; a single bean of this type is found by itself. */
    public void setClients(TwilioClients clients) {
        this.clients = clients;
    }
}
