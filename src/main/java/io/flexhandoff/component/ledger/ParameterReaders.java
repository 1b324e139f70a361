package io.flexhandoff.component.ledger;

import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.support.CamelContextHelper;

/** Makes a reader of what stands behind {@code :#} in a query. */
final class ParameterReaders {

    private final CamelContext context;

    ParameterReaders(CamelContext context) {
        this.context = context;
    }

    /** @throws RuntimeException when it names a bean that there is not, or an expression that is none */
    Parameter of(String name) {
        if (name.startsWith("${")) {
            Expression expression = context.resolveLanguage("simple").createExpression(name);
            expression.init(context);
            return (exchange, body) -> expression.evaluate(exchange, Object.class);
        }
        boolean ofBean = name.startsWith("bean:");
        String path = ofBean ? name.substring("bean:".length()) : name;
        int dot = path.indexOf('.');
        String root = dot < 0 ? path : path.substring(0, dot);
        PropertyPath rest = new PropertyPath(name, dot < 0 ? "" : path.substring(dot + 1));
        if (ofBean) {
            Object bean = CamelContextHelper.mandatoryLookup(context, root);
            return (exchange, body) -> rest.read(bean);
        }
        if (root.equals("body")) {
            return (exchange, body) -> rest.read(body);
        }
        if (root.equals("updated")) {
            return new Parameter.Updated(Integer.parseInt(path.substring(dot + 1)));
        }
        return (exchange, body) -> rest.read(exchange.getVariable(root));
    }
}
