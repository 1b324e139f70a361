package io.flexhandoff.sandbox.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a request's body. Vert.x's own form decoder refuses values above 8 KB unless the server is configured otherwise, and a
 * workflow configuration may have a megabyte.
 */
public final class RequestBody {

    private static final int LIMIT = 4 << 20;
    private static final String KEY = RequestBody.class.getName();

    private RequestBody() {}

    /** Handler: reads the body, then goes on. */
    public static void read(RoutingContext exchange) {
        Buffer body = Buffer.buffer();
        exchange.request()
                .handler(chunk -> {
                    if (body.length() + chunk.length() <= LIMIT) {
                        body.appendBuffer(chunk);
                    } else if (!exchange.failed()) {
                        exchange.fail(413);
                    }
                })
                .endHandler(end -> {
                    if (!exchange.failed()) {
                        exchange.put(KEY, body);
                        exchange.next();
                    }
                });
    }

    /** The body as text, empty when there was none. */
    public static String text(RoutingContext exchange) {
        Buffer body = exchange.get(KEY);
        return body.toString(StandardCharsets.UTF_8);
    }

    /**
     * The body as a JSON object.
     *
     * @throws TwilioError 400 if it is none
     */
    public static JsonObject object(RoutingContext exchange) {
        try {
            return new JsonObject(text(exchange));
        } catch (DecodeException e) {
            throw TwilioError.invalid("The body is not a JSON object");
        }
    }

    /** The parameters of a form-encoded body. */
    public static MultiMap form(RoutingContext exchange) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        for (String pair : text(exchange).split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                form.add(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw TwilioError.invalid("The body is not form-encoded");
        }
    }
}
