package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.broker.Broker;
import io.flexhandoff.late.DeadLetters;
import io.flexhandoff.late.LateChannel;
import io.flexhandoff.late.ParkedEvents;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** What becomes of events that cannot be handled now, or at all. */
final class LateBeans {

    private LateBeans() {}

    static DeadLetters bind(
            Registry registry, Settings settings, Broker broker, TwilioClients twilio, ObjectMapper json, Clock clock) {
        registry.bind(
                "lateChannel",
                new LateChannel(
                        settings.durations("handoff.late.delays"),
                        settings.durations("handoff.transfer.delays"),
                        settings.duration("handoff.transfer.limit"),
                        settings.duration("handoff.late.window"),
                        clock));
        ParkedEvents parked = new ParkedEvents(clock);
        registry.bind("parkedEvents", parked);
        twilio.onRecovery(parked::succeeded);
        DeadLetters deadLetters = new DeadLetters(broker.producers(), json);
        registry.bind("deadLetters", deadLetters);
        return deadLetters;
    }
}
