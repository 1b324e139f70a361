package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flexhandoff.api.Contract;
import io.flexhandoff.api.Decisions;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.MissedDoors;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.door.RelaySessions;
import io.flexhandoff.door.StreamedEvents;
import io.flexhandoff.door.TaskEvents;
import io.flexhandoff.door.Transcriptions;
import io.flexhandoff.door.TwilioDoor;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.flex.AiReservations;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.waiting.Farewell;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;

/** The beans that the routes of Twilio's doors call. */
final class DoorBeans {

    private DoorBeans() {}

    /** @param publicUrl the address that Twilio calls, as soon as it is known */
    static void bind(
            Registry registry,
            Orgs orgs,
            Supplier<Optional<String>> publicUrl,
            ObjectMapper json,
            Contract contract,
            CallEvents events,
            AiReservations aiReservations,
            Clock clock) {
        RejectedRequests rejected = new RejectedRequests(clock);
        DoorUrls urls = new DoorUrls(orgs, publicUrl);
        registry.bind("rejectedRequests", rejected);
        registry.bind("missedDoors", new MissedDoors(orgs, rejected));
        registry.bind("doorUrls", urls);
        registry.bind("twilioDoor", new TwilioDoor(orgs, urls, rejected));
        TaskEvents taskEvents = new TaskEvents(json, events, clock, aiReservations::isAi);
        registry.bind("taskEvents", taskEvents);
        registry.bind("streamedEvents", new StreamedEvents(orgs, json, taskEvents));
        Decisions decisions = new Decisions();
        registry.bind("decisions", decisions);
        registry.bind("relaySessions", new RelaySessions(orgs, urls, contract, decisions, json, clock));
        registry.bind("farewell", new Farewell());
        registry.bind("transcriptions", new Transcriptions(json, events));
    }
}
