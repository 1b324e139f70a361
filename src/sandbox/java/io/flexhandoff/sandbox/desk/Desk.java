package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The page at {@code /sandbox} and its API at {@code /sandbox/api}. It shows the sandbox's first account. */
public final class Desk implements AutoCloseable {

    private final PageApi api;
    private final ChangeFeed changes;
    private final Sandbox sandbox;

    /** @param changes told of what happens in the sandbox */
    public Desk(Vertx vertx, Sandbox sandbox, ChangeFeed changes) {
        this.api = new PageApi(vertx, sandbox, changes);
        this.sandbox = sandbox;
        this.changes = changes;
    }

    /** Adds the page's routes. */
    public void mount(Router router) {
        mount(router, more -> {});
    }

    /**
     * Adds the page's routes, with demo calls.
     *
     * @param productApi base of the API that they are told to, such as {@code http://localhost:8080/api/v1}; asked when one is placed
     * @param org whose calls they are
     * @param apiKey a key of that org
     */
    public void mount(Router router, Supplier<URI> productApi, String org, String apiKey) {
        mount(router, new DemoCalls(productApi, org, apiKey, sandbox)::mount);
    }

    private void mount(Router router, Consumer<Router> more) {
        router.route("/sandbox/api/*").subRouter(api.router(more));
        PageFiles.mount(router);
    }

    /** Ends the pages' event streams. */
    @Override
    public void close() {
        changes.close();
    }
}
