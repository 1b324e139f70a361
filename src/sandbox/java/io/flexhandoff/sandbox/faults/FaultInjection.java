package io.flexhandoff.sandbox.faults;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets faults strike requests to Twilio's API. */
public final class FaultInjection {

    private static final String STRUCK = FaultInjection.class.getName();

    private final Faults faults;

    public FaultInjection(Faults faults) {
        this.faults = faults;
    }

    /** Goes on with a request, or lets a fault have it. @param traffic the request, asked for only while a fault stands */
    public void strike(RoutingContext exchange, Supplier<Traffic> traffic) {
        Optional<Fault> fault = faults.striking(traffic);
        if (fault.isEmpty()) {
            exchange.next();
            return;
        }
        switch (fault.get().effect) {
            case ANSWER -> answer(exchange, fault.get());
            case SLOW, DROP_AFTER -> {
                exchange.put(STRUCK, fault.get());
                exchange.next();
            }
            case DROP_BEFORE -> exchange.request().connection().close();
            case SILENCE -> {} // until the client gives up
            default -> throw new IllegalStateException(fault.get().describe() + " strikes webhooks");
        }
    }

    /** Whether the answer to a request that was carried out is to be lost. */
    public static boolean losesAnswer(RoutingContext exchange) {
        Fault struck = exchange.get(STRUCK);
        return struck != null && struck.effect == Fault.Effect.DROP_AFTER;
    }

    /** By how many milliseconds the answer to a request that was carried out is to be late. */
    public static long delay(RoutingContext exchange) {
        Fault struck = exchange.get(STRUCK);
        return struck == null ? 0 : struck.delay.toMillis();
    }

    private static void answer(RoutingContext exchange, Fault fault) {
        if (fault.delay.isZero()) {
            write(exchange, fault);
        } else {
            exchange.vertx().setTimer(fault.delay.toMillis(), timer -> write(exchange, fault));
        }
    }

    private static void write(RoutingContext exchange, Fault fault) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(fault.status);
        if (fault.retryAfter != null) {
            response.putHeader("Retry-After", fault.retryAfter.toString());
        }
        if (fault.body != null) {
            response.putHeader("Content-Type", "text/html; charset=utf-8").end(fault.body);
        } else {
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(fault.error().toJson().toBuffer());
        }
    }
}
