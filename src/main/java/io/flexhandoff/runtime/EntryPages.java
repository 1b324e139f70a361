package io.flexhandoff.runtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * What a browser finds at the API port beside the sandbox: {@code /} leads to the page that there is, {@code /console} to Hawtio on the
 * management port, and {@code /api/v1} is the contract as Swagger UI shows it.
 */
final class EntryPages {

    private static final String SWAGGER_UI = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "yaml", "application/yaml",
            "png", "image/png");

    /** Before what the API and its routes answer, which know none of these paths. */
    private static final int FIRST = -1;

    private EntryPages() {}

    /**
     * @param first path that {@code /} leads to
     * @param managementPort of Hawtio, if there is one; asked at each request
     */
    static void mount(Router router, String first, Supplier<Optional<String>> managementPort) {
        String webjar = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
        router.get("/").order(FIRST).handler(request -> {
            if (request.request().headers().contains("X-Twilio-Signature")) {
                // a URL for Twilio that lost its path: counted with the others
                request.next();
            } else {
                redirect(request, first);
            }
        });
        router.get("/console").order(FIRST).handler(request -> managementPort
                .get()
                .ifPresentOrElse(port -> redirect(request, hawtio(request, port)), request::next));
        router.get("/api").order(FIRST).handler(request -> redirect(request, "api/v1"));
        router.getWithRegex("/api/v1/").order(FIRST).handler(request -> redirect(request, "../v1"));
        show(router, "/api/v1", "api/index.html");
        show(router, "/api/v1/openapi.yaml", "config/openapi/handoff.openapi.yaml");
        show(router, "/api/v1/page/show.js", "api/show.js");
        for (String file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}) {
            show(router, "/api/v1/page/" + file, webjar + file);
        }
    }

    private static String hawtio(RoutingContext request, String port) {
        String host = request.request().authority() == null
                ? "localhost"
                : request.request().authority().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/actuator/hawtio";
    }

    private static void redirect(RoutingContext request, String where) {
        request.response().setStatusCode(302).putHeader("Location", where).end();
    }

    private static void show(Router router, String path, String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        router.get(path).order(FIRST).handler(request -> {
            if (!request.normalizedPath().equals(path)) {
                request.next();
                return;
            }
            request.vertx()
                    .executeBlocking(() -> read(resource), false)
                    .onFailure(request::fail)
                    .onSuccess(content -> request.response()
                            .putHeader("Content-Type", type)
                            .putHeader("Cache-Control", "no-cache")
                            .putHeader(
                                    "Content-Security-Policy",
                                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none';"
                                            + " frame-ancestors 'none'")
                            .putHeader("X-Content-Type-Options", "nosniff")
                            .end(content));
        });
    }

    private static Buffer read(String resource) throws IOException {
        try (InputStream content = EntryPages.class.getClassLoader().getResourceAsStream(resource)) {
            return Buffer.buffer(content.readAllBytes());
        }
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream file = EntryPages.class.getClassLoader().getResourceAsStream(SWAGGER_UI)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
