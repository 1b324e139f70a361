package io.flexhandoff.component;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;

/**
 * The options of an endpoint, each a Simple expression: read once, evaluated for each message. A header wins over the option
 * that is named like it, as {@code CamelTwilioOrg} over {@code org}.
 */
final class TwilioOptions {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable\\.([A-Za-z0-9_-]+)}");

    private static final Pattern PREFIX = Pattern.compile("CamelTwilio(Conversations|TaskRouter)?");

    private final Map<String, Function<Exchange, Object>> byHeader = new HashMap<>();

    /** @param options texts by header; {@code null} where the endpoint says nothing */
    TwilioOptions(CamelContext camel, Map<String, String> options) {
        Language simple = camel.resolveLanguage("simple");
        options.forEach((header, text) -> {
            if (text != null && !text.isEmpty()) {
                byHeader.put(header, compiled(camel, simple, text));
            }
        });
    }

    /** A constant and a variable, which most options are, need no language. */
    private static Function<Exchange, Object> compiled(CamelContext camel, Language simple, String text) {
        if (!text.contains("${") && !text.contains("$simple{")) {
            return exchange -> text;
        }
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            String name = variable.group(1);
            return exchange -> exchange.getVariable(name);
        }
        Expression expression = simple.createExpression(text);
        expression.init(camel);
        return exchange -> expression.evaluate(exchange, Object.class);
    }

    /** The option that is named like a header. */
    static String optionOf(String header) {
        String name = PREFIX.matcher(header).replaceFirst("");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The value of the header or, without it, of the option; {@code null} if neither is there. */
    Object value(Exchange exchange, String header) {
        Object value = exchange.getMessage().getHeader(header);
        if (value == null) {
            Function<Exchange, Object> option = byHeader.get(header);
            value = option == null ? null : option.apply(exchange);
        }
        return value;
    }
}
