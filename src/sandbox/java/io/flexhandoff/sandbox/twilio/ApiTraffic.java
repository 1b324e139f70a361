package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Traffic;
import io.flexhandoff.sandbox.http.RequestBody;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Requests to Twilio's API as faults see them. */
final class ApiTraffic {

    private final Object lock;

    /** @param lock guards the sandbox's state */
    ApiTraffic(Object lock) {
        this.lock = lock;
    }

    Traffic of(RoutingContext exchange, String product, AccountState state) {
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
