package io.flexhandoff.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Lets faults strike requests to Twilio's API. */
final class FaultInjection {

    private static final String STRUCK = FaultInjection.class.getName();

    private final Faults faults;
    private final Object lock;

    /** @param lock the sandbox's */
    FaultInjection(Faults faults, Object lock) {
        this.faults = faults;
        this.lock = lock;
    }

    /** Goes on with a request, or lets a fault have it. */
    void strike(RoutingContext exchange, String product, AccountState state) {
        Optional<Fault> fault =
                faults.isEmpty() ? Optional.empty() : faults.striking(traffic(exchange, product, state));
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
    static boolean losesAnswer(RoutingContext exchange) {
        Fault struck = exchange.get(STRUCK);
        return struck != null && struck.effect == Fault.Effect.DROP_AFTER;
    }

    /** By how many milliseconds the answer to a request that was carried out is to be late. */
    static long delay(RoutingContext exchange) {
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
            int code = fault.code == null ? 20_000 + fault.status : fault.code;
            TwilioError error = new TwilioError(fault.status, code, "A fault of the sandbox: " + fault.describe());
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(error.toJson().toBuffer());
        }
    }

    private Traffic traffic(RoutingContext exchange, String product, AccountState state) {
        String path = TwilioApi.pathBelowProduct(exchange, product);
        MultiMap parameters = RequestBody.form(exchange).addAll(exchange.queryParams());
        return new Traffic(
                product,
                state.account().accountSid(),
                exchange.request().method().name(),
                path,
                parameters,
                callSid -> isAbout(callSid, path, parameters, state));
    }

    private boolean isAbout(String callSid, String path, MultiMap parameters, AccountState state) {
        if (path.contains(callSid)
                || parameters.entries().stream()
                        .anyMatch(parameter -> parameter.getValue().contains(callSid))) {
            return true;
        }
        List<String> parts = List.of(path.split("/"));
        synchronized (lock) {
            LiveCall call = state.calls().find(callSid);
            String thread = state.conversations().ofCall(callSid);
            return thread != null && parts.contains(thread)
                    || call != null && call.tasks.stream().anyMatch(task -> parts.contains(task.sid));
        }
    }
}
