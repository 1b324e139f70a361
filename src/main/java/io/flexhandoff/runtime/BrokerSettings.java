package io.flexhandoff.runtime;

import io.flexhandoff.broker.Broker;
import java.io.InputStream;

/** Where the broker is: {@code handoff.broker.*}, or Artemis in {@code handoff.data-dir}. */
final class BrokerSettings {

    private BrokerSettings() {}

    static boolean isEmbedded(Settings settings) {
        return settings.find("handoff.broker.url").isEmpty();
    }

    static Broker open(Settings settings) throws Exception {
        int producers = settings.number("handoff.broker.producer-connections");
        if (isEmbedded(settings)) {
            try (InputStream configuration = BrokerSettings.class.getResourceAsStream("/config/broker.xml")) {
                return Broker.embedded(configuration, settings.dataDir().resolve("broker"), producers);
            }
        }
        return Broker.external(
                settings.text("handoff.broker.url"),
                settings.password("handoff.broker.user").orElse(null),
                settings.password("handoff.broker.password").orElse(null),
                producers);
    }
}
