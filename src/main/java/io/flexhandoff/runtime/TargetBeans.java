package io.flexhandoff.runtime;

import io.flexhandoff.handoff.Targets;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.spi.Registry;

/** The beans of where calls are handed over to. */
final class TargetBeans {

    private static final String DEPLOYMENT = "handoff.transfer.target";

    private TargetBeans() {}

    /** @param routes whether there is a route {@code direct:<name>} */
    static Targets bind(Registry registry, Orgs orgs, Settings settings, Predicate<String> routes) {
        Map<String, String> byOrg = new HashMap<>();
        orgs.all().forEach(org -> settings.find(setting(org)).ifPresent(target -> byOrg.put(org.name(), target)));
        Targets targets = new Targets(byOrg, settings.text(DEPLOYMENT), routes);
        registry.bind("targets", targets);
        registry.bind("targetOfOrg", targets.ofOrg());
        registry.bind("targetAnswers", targets.answers());
        return targets;
    }

    /** The routes {@code direct:<name>} that these settings name, by setting. */
    static Map<String, List<String>> routes(Orgs orgs, Settings settings) {
        Map<String, List<String>> routes = new HashMap<>();
        routes.put(DEPLOYMENT, List.of("transfer-" + settings.text(DEPLOYMENT)));
        orgs.all().forEach(org -> settings.find(setting(org))
                .ifPresent(target -> routes.put(setting(org), List.of("transfer-" + target))));
        return routes;
    }

    private static String setting(Org org) {
        return "handoff.orgs." + org.name() + ".transfer-target";
    }
}
