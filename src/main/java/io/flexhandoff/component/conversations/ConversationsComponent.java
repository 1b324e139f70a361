package io.flexhandoff.component.conversations;

import io.flexhandoff.twilio.TwilioClients;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Keeps the transcript of a call as a thread in Twilio Conversations. */
@Component("twilio-conversations")
public class ConversationsComponent extends DefaultComponent {

    @Metadata
    private ConversationsConfiguration configuration = new ConversationsConfiguration();

    @Metadata(label = "advanced", autowired = true)
    private TwilioClients clients;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ConversationsConfiguration own = configuration.copy();
        own.setOperation(operation(remaining));
        ConversationsEndpoint endpoint = new ConversationsEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static ConversationsOperations operation(String name) {
        return Arrays.stream(ConversationsOperations.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown operation '" + name + "'; there are "
                        + Arrays.toString(ConversationsOperations.values())));
    }

    public ConversationsConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that endpoints start from. */
    public void setConfiguration(ConversationsConfiguration configuration) {
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
