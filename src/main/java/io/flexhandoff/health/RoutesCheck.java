package io.flexhandoff.health;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;

/** Whether the routes run and the API port is open. A route that an operator has stopped is the operator's will. */
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
}
