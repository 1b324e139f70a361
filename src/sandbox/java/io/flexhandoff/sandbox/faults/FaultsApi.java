package io.flexhandoff.sandbox.faults;

import io.flexhandoff.sandbox.http.PageAnswer;
import io.flexhandoff.sandbox.http.RequestBody;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Faults, over HTTP below {@code /sandbox/api}: {@code GET /faults} lists them with how often they struck ({@code hits}), {@code POST
 * /faults} adds one and answers it with its {@code id}, {@code DELETE /faults/{id}} takes one away and {@code DELETE /faults} all.
 *
 * <p>{@code effect} is {@code answer}, {@code slow}, {@code drop-before}, {@code drop-after}, {@code silence}, {@code duplicate} or {@code
 * reorder}; with a {@code status} it may be left out. {@code delay} is in milliseconds. The other fields are named like the methods of
 * {@link Fault}, and {@code parameters} is an object of names and values.
 */
public final class FaultsApi {

    private final Faults faults;

    public FaultsApi(Faults faults) {
        this.faults = faults;
    }

    /** Adds them relative to where the router is. */
    public void mount(Router router) {
        router.get("/faults").handler(exchange -> PageAnswer.json(exchange, 200, FaultJson.write(faults.all())));
        router.post("/faults").handler(this::add);
        router.delete("/faults").handler(exchange -> {
            faults.clear();
            PageAnswer.done(exchange);
        });
        router.delete("/faults/:id").handler(this::remove);
    }

    private void add(RoutingContext exchange) {
        PageAnswer.json(exchange, 201, FaultJson.write(faults.add(FaultJson.read(RequestBody.text(exchange)))));
    }

    private void remove(RoutingContext exchange) {
        String id = exchange.pathParam("id");
        if (!faults.remove(id)) {
            throw new IllegalArgumentException("There is no fault " + id);
        }
        PageAnswer.done(exchange);
    }
}
