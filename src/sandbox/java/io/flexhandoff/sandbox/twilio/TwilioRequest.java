package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** A request to Twilio's API: its parameters, with errors that name the one that is wrong. */
final class TwilioRequest {

    private final RoutingContext exchange;
    private final String product;
    private final AccountState state;
    private final MultiMap form;

    TwilioRequest(RoutingContext exchange, String product, AccountState state, MultiMap form) {
        this.exchange = exchange;
        this.product = product;
        this.state = state;
        this.form = form;
    }

    /** The account that the request is authenticated for. */
    AccountState state() {
        return state;
    }

    /** {@code https://{product}.twilio.com}: what URLs in answers begin with, so that an SDK takes them for Twilio's. */
    String host() {
        return "https://" + product + ".twilio.com";
    }

    /** Path below the product, as Twilio knows it. */
    String path() {
        return TwilioApi.pathBelowProduct(exchange, product);
    }

    String pathParam(String name) {
        return exchange.pathParam(name);
    }

    TwilioError notFound() {
        return TwilioError.notFound(path());
    }

    /** The resource, or 404 with Twilio's code 20404 when there is none. */
    <T> T found(T resource) {
        if (resource == null) {
            throw notFound();
        }
        return resource;
    }

    /** A parameter of the form, {@code null} when absent. */
    String form(String name) {
        return form.get(name);
    }

    /** A parameter of the form, or something else when absent; an empty parameter is present. */
    String form(String name, String otherwise) {
        return has(name) ? form.get(name) : otherwise;
    }

    boolean has(String name) {
        return form.contains(name);
    }

    List<String> formAll(String name) {
        return form.getAll(name);
    }

    String required(String name) {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            throw TwilioError.invalid("Missing required parameter " + name + " in the post body");
        }
        return value;
    }

    Integer integer(String name, Integer otherwise) {
        return number(name, form.get(name), otherwise);
    }

    /** An ISO 8601 date and time; without a zone, as the Java SDK sends it, it is UTC. */
    Instant instant(String name, Instant otherwise) {
        String text = form.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? text : text + "Z")
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw TwilioError.invalid(name + " is not an ISO 8601 date and time");
        }
    }

    /** A JSON object as text, at most so many bytes long. */
    String json(String name, String otherwise, int limit) {
        String text = form.get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > limit) {
            throw TwilioError.invalid(name + " is longer than " + limit + " bytes");
        }
        object(name, text);
        return text;
    }

    static JsonObject object(String name, String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException e) {
            throw TwilioError.invalid(name + " is not a valid JSON object");
        }
    }

    String query(String name) {
        return exchange.queryParams().get(name);
    }

    /** Values of a query parameter that may be repeated or hold a comma-separated list. */
    List<String> queryAll(String name) {
        return exchange.queryParams().getAll(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    int queryInteger(String name, int otherwise) {
        return number(name, query(name), otherwise);
    }

    private static Integer number(String name, String value, Integer otherwise) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw TwilioError.invalid(name + " is not an integer");
        }
    }

    MultiMap queryParams() {
        return exchange.queryParams();
    }

    /** Whether a REST write asks for webhooks; without this header Conversations fires none. */
    boolean webhookEnabled() {
        return "true".equalsIgnoreCase(exchange.request().getHeader("X-Twilio-Webhook-Enabled"));
    }

    /**
     * Refuses a write whose {@code If-Match} names another version. Twilio's own template sends the number without quotes.
     *
     * @throws TwilioError 412
     */
    void checkVersion(int version) {
        String ifMatch = exchange.request().getHeader("If-Match");
        if (ifMatch != null
                && !ifMatch.equals("*")
                && !ifMatch.replace("\"", "").strip().equals(Integer.toString(version))) {
            throw new TwilioError(412, 20412, "Precondition failed: the resource is at version " + version);
        }
    }
}
