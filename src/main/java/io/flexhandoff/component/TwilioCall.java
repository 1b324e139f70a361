package io.flexhandoff.component;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.TwilioClients;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An exchange on its way to Twilio: whose it is, and its headers and body as values for Twilio. */
public final class TwilioCall {

    /** Header that names the org, and wins over the endpoint's option. */
    public static final String ORG = "CamelTwilioOrg";

    private static final Pattern UNIQUE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final Message message;
    private final Org org;
    private final TwilioRestClient client;

    /** @throws IllegalArgumentException if no org is named, or an unknown one */
    TwilioCall(Exchange exchange, TwilioClients clients, String configuredOrg) {
        message = exchange.getMessage();
        String name = message.getHeader(ORG, configuredOrg, String.class);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("No org is named: set the option org or the header " + ORG);
        }
        org = clients.org(name);
        client = clients.forOrg(name);
    }

    public Org org() {
        return org;
    }

    public TwilioRestClient client() {
        return client;
    }

    /** The header as text, or {@code null}. */
    public String text(String header) {
        return message.getHeader(header, String.class);
    }

    /** @throws IllegalArgumentException naming the header if it is missing */
    public String required(String header) {
        String value = text(header);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The header " + header + " is missing");
        }
        return value;
    }

    /** @throws IllegalArgumentException naming the header unless it is a SID with this prefix */
    public String sid(String header, String prefix) {
        String value = required(header);
        if (!value.matches(prefix + "[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("The header " + header + " is not a SID of the form " + prefix + "…");
        }
        return value;
    }

    /**
     * A name that can stand in a path of Twilio's.
     *
     * @throws IllegalArgumentException naming the header unless it has only {@code A-Z a-z 0-9 _ -}
     */
    public String uniqueName(String header) {
        String value = required(header);
        if (!UNIQUE_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("The header " + header + " may hold only A-Z, a-z, 0-9, _ and -");
        }
        return value;
    }

    public boolean flag(String header) {
        return message.getHeader(header, false, Boolean.class);
    }

    /** @throws IllegalArgumentException naming the header unless the number is at least 1 */
    public int atLeastOne(String header, int otherwise) {
        int value = message.getHeader(header, otherwise, Integer.class);
        if (value < 1) {
            throw new IllegalArgumentException("The header " + header + " must be at least 1");
        }
        return value;
    }

    /** The header as a list: a collection, or text with commas; {@code null} if there is none. */
    public List<String> list(String header) {
        Object value = message.getHeader(header);
        if (value == null) {
            return null;
        }
        if (value instanceof Iterable<?> values) {
            List<String> texts = new ArrayList<>();
            values.forEach(each -> texts.add(each.toString()));
            return texts;
        }
        return List.of(text(header).trim().split("\\s*,\\s*"));
    }

    /** The header as attributes: a map, or a JSON object as text; empty if there is none. */
    public Map<String, Object> attributes(String header) {
        return attributes("The header " + header, message.getHeader(header));
    }

    /** The body as attributes: a map, or a JSON object as text. */
    public Map<String, Object> bodyAttributes() {
        return attributes("The body", message.getBody() instanceof Map<?, ?> map ? map : body());
    }

    /**
     * The body as the text of a JSON object: a map is written out, a text stays exactly as it is.
     *
     * @throws IllegalArgumentException if it is no JSON object
     */
    public String bodyJson() {
        String json = message.getBody() instanceof Map<?, ?> map ? Attributes.write(map) : body();
        attributes("The body", json);
        return json;
    }

    private Map<String, Object> attributes(String name, Object value) {
        try {
            return Attributes.read(
                    value instanceof Map<?, ?> map
                            ? Attributes.write(map)
                            : message.getExchange()
                                    .getContext()
                                    .getTypeConverter()
                                    .convertTo(String.class, value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException if the body is empty */
    public String body() {
        String body = message.getBody(String.class);
        if (body == null || body.isEmpty()) {
            throw new IllegalArgumentException("The body is empty");
        }
        return body;
    }

    /** Gives the route a value back; {@code null} takes back what an earlier step may have left. */
    public void answer(String header, Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }

    /** A URL that Twilio gave as text, or {@code null}: unset ones come as {@code null} or empty. */
    public static String text(URI url) {
        return url == null || url.toString().isEmpty() ? null : url.toString();
    }

    public Response get(Domains product, String path) {
        return client.request(new Request(HttpMethod.GET, product.toString(), path));
    }

    /** A write whose values all arrive: the SDK's own setters silently leave out the text "null". */
    public Response post(Domains product, String path, Map<String, String> form) {
        Request request = new Request(HttpMethod.POST, product.toString(), path);
        form.forEach((name, value) -> request.getPostParams().put(name, List.of(value)));
        return client.request(request);
    }
}
