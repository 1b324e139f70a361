package io.flexhandoff.component.taskrouter;

import io.flexhandoff.component.TwilioProducer;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/** Work with the tasks, reservations, workers and workflow of a Twilio TaskRouter workspace. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "twilio-taskrouter",
        title = "Twilio TaskRouter",
        syntax = "twilio-taskrouter:operation",
        producerOnly = true,
        category = {Category.API, Category.CLOUD},
        headersClass = TaskRouterConstants.class)
public class TaskRouterEndpoint extends DefaultEndpoint implements EndpointServiceLocation {

    @UriParam
    private final TaskRouterConfiguration configuration;

    public TaskRouterEndpoint(String uri, TaskRouterComponent component, TaskRouterConfiguration configuration) {
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
    public TaskRouterComponent getComponent() {
        return (TaskRouterComponent) super.getComponent();
    }

    public TaskRouterConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return "https://taskrouter.twilio.com";
    }

    @Override
    public String getServiceProtocol() {
        return "rest";
    }
}
