package io.flexhandoff.sandbox.desk;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page and its assets, from the class path. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    private PageFiles() {}

    static void mount(Router router) {
        router.get("/sandbox").handler(exchange -> send(exchange, "sandbox/index.html"));
        router.get("/sandbox/").handler(exchange -> send(exchange, "sandbox/index.html"));
        router.getWithRegex("/sandbox/assets/(?<file>\\w[\\w.-]*)")
                .handler(exchange -> send(exchange, "sandbox/assets/" + exchange.pathParam("file")));
    }

    private static void send(RoutingContext exchange, String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            exchange.next();
            return;
        }
        exchange.vertx()
                .executeBlocking(() -> read(name), false)
                .onFailure(exchange::fail)
                .onSuccess(content -> {
                    if (content == null) {
                        exchange.next();
                    } else {
                        exchange.response()
                                .putHeader("Content-Type", type)
                                .putHeader("Cache-Control", "no-cache")
                                .putHeader(
                                        "Content-Security-Policy",
                                        "default-src 'self'; base-uri 'none'; frame-ancestors 'none'")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(content);
                    }
                });
    }

    private static Buffer read(String name) throws IOException {
        try (InputStream content = PageFiles.class.getClassLoader().getResourceAsStream(name)) {
            return content == null ? null : Buffer.buffer(content.readAllBytes());
        }
    }
}
