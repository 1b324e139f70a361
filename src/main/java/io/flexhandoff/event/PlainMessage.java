package io.flexhandoff.event;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;

/**
 * Leaves of a delivered message only its body. Expressions that call methods copy the message each time, which is dear for a
 * JMS message. Bound as {@code plainMessage}.
 */
public final class PlainMessage implements Processor {

    @Override
    public void process(Exchange exchange) {
        DefaultMessage plain = new DefaultMessage(exchange);
        plain.setBody(exchange.getMessage().getBody());
        exchange.setMessage(plain);
    }
}
