package io.flexhandoff.health;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** Whether the routes run and the API port is open. A route that an operator has stopped is the operator's will, and is named beside it. */
public final class RoutesCheck implements HealthCheck {

    private final CamelContext context;
    private final BooleanSupplier listening;

    /** @param listening whether the API port is open */
    public RoutesCheck(CamelContext context, BooleanSupplier listening) {
        this.context = context;
        this.listening = listening;
    }

    @Override
    public String part() {
        return "routes";
    }

    @Override
    public Optional<String> trouble() {
        if (!context.getStatus().isStarted()) {
            return Optional.of("The routes are " + context.getStatus().name().toLowerCase(Locale.ROOT));
        }
        return listening.getAsBoolean() ? Optional.empty() : Optional.of("The API port is not open");
    }

    @Override
    public Optional<String> warning() {
        List<String> stopped = context.getRoutes().stream()
                .filter(Route::isAutoStartup)
                .map(Route::getRouteId)
                .filter(id -> !context.getRouteController().getRouteStatus(id).isStarted())
                .sorted()
                .toList();
        return stopped.isEmpty() ? Optional.empty() : Optional.of("Stopped: " + String.join(", ", stopped));
    }
}
