package io.flexhandoff.component.conversations;

import io.flexhandoff.component.TwilioProducer;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** Keep the transcript of a call as a thread in Twilio Conversations, with a note above it. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "twilio-conversations",
        title = "Twilio Conversations",
        syntax = "twilio-conversations:operation",
        producerOnly = true,
        category = {Category.API, Category.CLOUD, Category.MESSAGING},
        headersClass = ConversationsConstants.class)
public class ConversationsEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriParam
    private final ConversationsConfiguration configuration;

    public ConversationsEndpoint(
            String uri, ConversationsComponent component, ConversationsConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new TwilioProducer(
                this, getComponent().getClients(), configuration.byHeader(), configuration.getOperation());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("Consumer not supported");
    }

    @Override
    public ConversationsComponent getComponent() {
        return (ConversationsComponent) super.getComponent();
    }

    public ConversationsConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return "https://conversations.twilio.com";
    }

    @Override
    public String getServiceProtocol() {
        return "rest";
    }
}
