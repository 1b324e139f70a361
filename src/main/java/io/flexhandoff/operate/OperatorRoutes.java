package io.flexhandoff.operate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;

/** Calls the routes of {@code routes/operate} for an operator. */
final class OperatorRoutes {

    /** Name of a bean, a supplier of who is logged in, that a runtime with a login has. */
    private static final String OPERATOR_NAME = "operatorName";

    private final CamelContext context;
    private final FluentProducerTemplate routes;

    OperatorRoutes(CamelContext context) {
        this.context = context;
        this.routes = context.createFluentProducerTemplate();
    }

    /**
     * What the route {@code direct:<name>} leaves as its body.
     *
     * @throws IllegalStateException with the words of the failure, which an operator sees
     */
    <T> T ask(String name, Map<String, Object> variables, Class<T> type) {
        FluentProducerTemplate call = routes.to("direct:" + name).withVariable("operator", operator());
        variables.forEach(call::withVariable);
        Exchange done = call.send();
        if (done.getException() != null) {
            throw new IllegalStateException(done.getException().getMessage(), done.getException());
        }
        return done.getMessage().getBody(type);
    }

    /** Rows that the route leaves, as text. */
    @SuppressWarnings("unchecked")
    List<Map<String, String>> rows(String name, Map<String, Object> variables) {
        return Rows.asText(ask(name, variables, List.class));
    }

    private String operator() {
        Supplier<?> name = context.getRegistry().lookupByNameAndType(OPERATOR_NAME, Supplier.class);
        Object who = name == null ? null : name.get();
        return who == null ? "somebody without a login" : who.toString();
    }
}
