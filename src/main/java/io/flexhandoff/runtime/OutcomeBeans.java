package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.handoff.Cuts;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.outcome.OutcomeUrl;
import io.flexhandoff.outcome.Outcomes;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.Registry;

/** The beans that tell what has become of a handoff. */
final class OutcomeBeans {

    private OutcomeBeans() {}

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    static void bind(Registry registry, Orgs orgs, Settings settings, ObjectMapper json, Clock clock) {
        Map<String, OutcomeUrl> urls = new HashMap<>();
        orgs.all().forEach(org -> url("handoff.orgs." + org.name() + ".outcome-", settings)
                .ifPresent(url -> urls.put(org.name(), url)));
        Outcomes outcomes = new Outcomes(urls, json, clock);
        registry.bind("outcomes", outcomes);
        registry.bind("outcomeOfState", outcomes.ofState());
        registry.bind("isOutcomeWanted", outcomes.wanted());
        registry.bind("outcomeRequest", outcomes.request());
        Cuts cuts = new Cuts(settings.duration("handoff.transfer.watch"));
        registry.bind("isCutSuspected", cuts.suspected());
        registry.bind("wasLineOver", cuts.lineOver());
        registry.bind("lookAtEndOfCall", cuts.look());
        registry.bind("addWhoEnded", cuts.whoEnded());
        registry.bind("addRecordings", cuts.recordings());
        registry.bind("causeOfCut", cuts.cause());
    }

    private static Optional<OutcomeUrl> url(String prefix, Settings settings) {
        Optional<URI> url = settings.url(prefix + "url");
        Optional<String> secret = settings.key(prefix + "secret");
        if (url.isPresent() && secret.isEmpty()) {
            throw new IllegalArgumentException(
                    prefix + "url is set, and " + prefix + "secret is missing: what is sent there is signed with it");
        }
        if (url.isEmpty() && secret.isPresent()) {
            throw new IllegalArgumentException(
                    prefix + "secret is set, and " + prefix + "url is missing: what is signed with it?");
        }
        try {
            return url.map(given -> new OutcomeUrl(given.toString(), secret.orElseThrow()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + "secret " + e.getMessage());
        }
    }
}
