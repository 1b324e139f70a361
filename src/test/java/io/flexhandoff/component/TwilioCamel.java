package io.flexhandoff.component;

import io.flexhandoff.twilio.TwilioClients;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with nothing but Twilio in its registry. */
public final class TwilioCamel implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    public TwilioCamel(TwilioClients clients) {
        context.getRegistry().bind("twilioClients", clients);
        context.getRegistry().bind("twilioRestClient", clients.forAnyAccount());
        context.start();
        template = context.createProducerTemplate();
    }

    public CamelContext context() {
        return context;
    }

    /** Sends to the endpoint and gives the message that comes back, or throws what was thrown there. */
    public Message call(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = template.send(uri, sent -> {
            sent.getMessage().setBody(body);
            sent.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
        if (exchange.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage();
    }

    /** Sends the exchange with this body through a route of these steps, in YAML. */
    public void route(String steps, Exchange exchange, Object body) throws Exception {
        String route = """
                - route:
                    id: tested
                    from:
                      uri: direct:tested
                      steps:
                """ + steps.indent(8);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("tested.camel.yaml", route));
        exchange.getMessage().setBody(body);
        template.send("direct:tested", exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}
