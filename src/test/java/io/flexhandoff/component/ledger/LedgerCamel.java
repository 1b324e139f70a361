package io.flexhandoff.component.ledger;

import io.flexhandoff.ledger.LedgerDatabase;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A Camel context with nothing but a ledger in its registry. */
final class LedgerCamel implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;

    LedgerCamel(LedgerDatabase database) {
        context.getRegistry().bind("ledgerDatabase", database);
        context.start();
        template = context.createProducerTemplate();
    }

    CamelContext context() {
        return context;
    }

    /** What the query answers as the body of an exchange with these variables, or throws what was thrown there. */
    Object ask(
            String operation, String query, Map<String, Object> options, Map<String, Object> variables, Object body) {
        Exchange exchange = template.send(uri(operation, query, options), sent -> {
            variables.forEach(sent::setVariable);
            sent.getMessage().setBody(body);
        });
        if (exchange.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody();
    }

    Object write(String query, Map<String, Object> variables) {
        return ask("write", query, Map.of(), variables, null);
    }

    Object read(String query) {
        return ask("read", query, Map.of(), Map.of(), null);
    }

    Object one(String query) {
        return ask("read", query, Map.of("outputType", "SelectOne"), Map.of(), null);
    }

    String uri(String operation, String query, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("operation", operation);
        all.put("query", query);
        try {
            return context.getCamelContextExtension()
                    .getEndpointUriFactory("ledger")
                    .buildUri("ledger", all);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Loads a route file. */
    void load(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("extension/notes.camel.yaml", yaml));
    }

    @Override
    public void close() {
        template.stop();
        context.stop();
    }
}
