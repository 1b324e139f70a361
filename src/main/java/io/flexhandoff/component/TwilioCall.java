package io.flexhandoff.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import io.flexhandoff.org.Org;
import io.flexhandoff.trace.UrlWords;
import io.flexhandoff.twilio.TwilioAnswer;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import io.flexhandoff.twilio.TwilioRequest;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An exchange on its way to Twilio: whose it is, and the endpoint's options, its headers and its body as values for Twilio. */
public final class TwilioCall {

    /** Header that names the org, and wins over the endpoint's option. */
    public static final String ORG = "CamelTwilioOrg";

    private static final int SID_DIGITS = 32;

    private final Exchange exchange;
    private final Message message;
    private final TwilioOptions options;
    private final TwilioClients clients;
    private final Org org;

    /** @throws IllegalArgumentException if no org is named, or an unknown one */
    TwilioCall(Exchange exchange, TwilioClients clients, TwilioOptions options) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.options = options;
        this.clients = clients;
        String name = text(ORG);
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("No org is named: set the option org or the header " + ORG);
        }
        org = clients.org(name);
    }

    public Org org() {
        return org;
    }

    /** The SDK's client, for what happens rarely. */
    public TwilioRestClient client() {
        return clients.forOrg(org.name());
    }

    /** Asks Twilio, once. */
    public TwilioAnswer send(TwilioRequest request) {
        return clients.send(org.name(), request);
    }

    /** What Twilio has, or {@code null} when it has forgotten it. */
    public TwilioAnswer fetch(String product, String path) {
        try {
            return send(TwilioRequest.get(product, path));
        } catch (TwilioFailure failure) {
            if (failure.isNotFound()) {
                return null;
            }
            throw failure;
        }
    }

    /**
     * What a list of Twilio's holds, page after page as it is read.
     *
     * @param key under which a page has them
     */
    public Iterable<JsonNode> list(String product, String path, String key) {
        return () -> new TwilioPages(this, TwilioRequest.get(product, path), key);
    }

    /** The header, or else the option that is named like it, or {@code null}. */
    private Object value(String header) {
        return options.value(exchange, header);
    }

    private <T> T value(String header, Class<T> type) {
        return converted(type, value(header));
    }

    private <T> T converted(Class<T> type, Object value) {
        return type.isInstance(value)
                ? type.cast(value)
                : exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
    }

    /** Both names of an input, for the one who has to set it right. */
    private static String named(String header) {
        return "The option " + TwilioOptions.optionOf(header) + " (header " + header + ")";
    }

    /** The input as text, or {@code null}. */
    public String text(String header) {
        return value(header, String.class);
    }

    /** @throws IllegalArgumentException naming the input if it is missing */
    public String required(String header) {
        String value = text(header);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(named(header) + " is missing");
        }
        return value;
    }

    /**
     * A URL for Twilio, or {@code null}.
     *
     * @throws IllegalArgumentException naming the input when Twilio's SDK would leave it out without a word
     */
    public String url(String header) {
        String url = text(header);
        if (url != null) {
            UrlWords.flaw(url).ifPresent(flaw -> {
                throw new IllegalArgumentException(named(header) + " " + flaw);
            });
        }
        return url;
    }

    /** @throws IllegalArgumentException naming the input unless it is a SID with this prefix */
    public String sid(String header, String prefix) {
        return sid(header, required(header), prefix);
    }

    private static String sid(String header, String value, String prefix) {
        boolean sid = value.length() == prefix.length() + SID_DIGITS && value.startsWith(prefix);
        for (int i = prefix.length(); sid && i < value.length(); i++) {
            sid = value.charAt(i) < 0x80 && Character.digit(value.charAt(i), 16) >= 0;
        }
        if (!sid) {
            throw new IllegalArgumentException(named(header) + " is not a SID of the form " + prefix + "…");
        }
        return value;
    }

    /** @throws IllegalArgumentException naming the input unless it is a list of SIDs with this prefix */
    public List<String> sids(String header, String prefix) {
        List<String> sids = list(header);
        if (sids == null) {
            throw new IllegalArgumentException(named(header) + " is missing");
        }
        sids.forEach(sid -> sid(header, sid, prefix));
        return sids;
    }

    /**
     * A name that can stand in a path of Twilio's.
     *
     * @throws IllegalArgumentException naming the input unless it has only {@code A-Z a-z 0-9 _ -}
     */
    public String uniqueName(String header) {
        String value = required(header);
        if (!value.chars().allMatch(TwilioCall::isPlain)) {
            throw new IllegalArgumentException(named(header) + " may hold only A-Z, a-z, 0-9, _ and -");
        }
        return value;
    }

    private static boolean isPlain(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '_' || c == '-';
    }

    public boolean flag(String header) {
        return Boolean.TRUE.equals(value(header, Boolean.class));
    }

    /** @throws IllegalArgumentException naming the input unless the number is at least 1 */
    public int atLeastOne(String header, int otherwise) {
        Integer value = value(header, Integer.class);
        if (value != null && value < 1) {
            throw new IllegalArgumentException(named(header) + " must be at least 1");
        }
        return value == null ? otherwise : value;
    }

    /**
     * The input as a moment, or {@code null}.
     *
     * @throws IllegalArgumentException naming the input if it is no instant
     */
    public Instant instant(String header) {
        Object value = value(header);
        if (value == null || value instanceof Instant) {
            return (Instant) value;
        }
        try {
            return Instant.parse(converted(String.class, value));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(named(header) + " is not an instant such as 2026-11-20T09:00:00Z");
        }
    }

    /** The input as a list: a collection, or text with commas; {@code null} if there is none. */
    public List<String> list(String header) {
        Object value = value(header);
        if (value == null) {
            return null;
        }
        if (value instanceof Iterable<?> values) {
            List<String> texts = new ArrayList<>();
            values.forEach(each -> texts.add(each.toString()));
            return texts;
        }
        return List.of(converted(String.class, value).trim().split("\\s*,\\s*"));
    }

    /** The input as attributes: a map, or a JSON object as text; empty if there is none. */
    public Map<String, Object> attributes(String header) {
        return attributes(named(header), value(header));
    }

    /** The input, or without it the body, as attributes: a map, or a JSON object as text. */
    public Map<String, Object> attributesOrBody(String header) {
        Object value = value(header);
        if (value != null) {
            return attributes(named(header), value);
        }
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
                    value instanceof Map<?, ?> map ? Attributes.write(map) : converted(String.class, value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is " + e.getMessage());
        }
    }

    /**
     * The input as text, or without it the body.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public String textOrBody(String header) {
        String text = text(header);
        return text == null || text.isEmpty() ? body() : text;
    }

    /** The input, or without it the body, whatever it is; may be {@code null}. */
    public Object valueOrBody(String header) {
        Object value = value(header);
        return value == null ? message.getBody() : value;
    }

    /** @throws IllegalArgumentException if the body is empty */
    private String body() {
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
}
