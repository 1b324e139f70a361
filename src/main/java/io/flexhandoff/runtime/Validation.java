package io.flexhandoff.runtime;

import io.flexhandoff.ledger.LedgerDatabase;
import io.flexhandoff.org.Org;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesSource;

/**
 * What the start of the application would find, without one: every setting is read, every route made and none begun, with a broker that
 * nobody connects to and a database in memory. Nothing is written, and neither the port nor the data folder is touched.
 *
 * @param routes how many there are
 * @param orgs names of the orgs
 * @param added route files of {@code handoff.routes-dir} that are not ours
 * @param replaced names of ours that files of the folder replace
 */
public record Validation(int routes, List<String> orgs, List<String> added, List<String> replaced) {

    private static final String NOWHERE = "tcp://localhost:1";
    private static final String IN_MEMORY = "jdbc:h2:mem:validate;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";

    /**
     * @param context neither started nor configured yet
     * @throws Exception what would end a start
     */
    static Validation of(Settings settings, Map<String, Org> configured, CamelContext context) throws Exception {
        settings.port("handoff.http.port");
        settings.find("handoff.ledger.url").ifPresent(LedgerDatabase::requireNoCredentials);
        settings.password("handoff.ledger.user");
        settings.password("handoff.ledger.password");
        Settings alone = new Settings(name -> switch (name) {
            case "handoff.http.port" -> "0";
            case "handoff.ledger.url" -> IN_MEMORY;
            case "handoff.ledger.user", "handoff.ledger.password" -> null;
            case "handoff.broker.url" -> settings.find(name).orElse(NOWHERE);
            default -> settings.raw(name);
        });
        try (HandoffRuntime runtime = new HandoffRuntime(alone, configured);
                context) {
            context.setAutoStartup(false);
            context.setSourceLocationEnabled(true);
            context.getPropertiesComponent().addPropertiesSource(new Source(settings));
            runtime.configure(context);
            context.start();
            RouteFiles.Changed changed = RouteFiles.changed(context, settings.text("handoff.routes-dir"));
            return new Validation(
                    context.getRoutes().size(),
                    TwilioTarget.orgs(settings, configured).all().stream()
                            .map(Org::name)
                            .toList(),
                    changed.added(),
                    changed.replaced());
        }
    }

    /** What {@code {{…}}} in a route stands for. */
    private record Source(Settings settings) implements PropertiesSource {
        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public String getProperty(String name) {
            return settings.raw(name);
        }
    }
}
