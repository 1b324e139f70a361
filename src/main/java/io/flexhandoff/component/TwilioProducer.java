package io.flexhandoff.component;

import com.twilio.exception.TwilioException;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Carries out one operation for each exchange, blocking; failures of Twilio's are thrown as they are. */
public final class TwilioProducer extends DefaultProducer {

    private final TwilioClients clients;
    private final TwilioOptions options;
    private final TwilioOperation operation;

    /** @param options what the endpoint says in Simple, by the header that wins over it */
    public TwilioProducer(
            Endpoint endpoint, TwilioClients clients, Map<String, String> options, TwilioOperation operation) {
        super(endpoint);
        if (clients == null) {
            throw new IllegalArgumentException(
                    "No Twilio clients: bind one bean of type " + TwilioClients.class.getName() + " to the registry");
        }
        this.clients = clients;
        this.options = new TwilioOptions(endpoint.getCamelContext(), options);
        this.operation = operation;
    }

    @Override
    public void process(Exchange exchange) {
        TwilioCall call = new TwilioCall(exchange, clients, options);
        try {
            exchange.getMessage().setBody(operation.carryOut(call));
        } catch (TwilioFailure failure) {
            throw failure;
        } catch (TwilioException unreadable) {
            // the SDK puts an answer that it cannot read into its message, customers' words and all
            throw TwilioFailure.unreadable(getEndpoint().getEndpointBaseUri());
        }
    }
}
