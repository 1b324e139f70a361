package io.flexhandoff.runtime;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.Room;
import io.flexhandoff.door.WaitingRoom;
import io.flexhandoff.enrichment.Enrichment;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.outcome.WhyUnanswered;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.waiting.Availability;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;

/** The beans of what callers and their AI are told about waiting. */
final class WaitingBeans {

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration USUAL = Duration.ofMinutes(1);

    private WaitingBeans() {}

    /**
     * The waiting rooms of the orgs that have one. Bound as {@code waitingRoom}.
     *
     * @param sandbox whether Twilio is on this machine, which finds the URLs without being told the address
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    static WaitingRoom room(Registry registry, Orgs orgs, Settings settings, boolean sandbox) {
        Map<String, Room> rooms = new HashMap<>();
        orgs.all().forEach(org -> room(org, settings, sandbox).ifPresent(room -> rooms.put(org.name(), room)));
        WaitingRoom waitingRoom = new WaitingRoom(rooms, registry.lookupByNameAndType("doorUrls", DoorUrls.class));
        registry.bind("waitingRoom", waitingRoom);
        return waitingRoom;
    }

    private static Optional<Room> room(Org org, Settings settings, boolean sandbox) {
        String prefix = "handoff.orgs." + org.name() + ".";
        String music = prefix + "waiting.music";
        String every = prefix + "waiting.every";
        String position = prefix + "waiting.position";
        String offers = prefix + "waiting.offers";
        Optional<URI> played = settings.url(music);
        if (played.isEmpty()) {
            Stream.of(every, position, offers)
                    .filter(name -> settings.find(name).isPresent()
                            || !settings.items(name).isEmpty())
                    .forEach(name -> {
                        throw new IllegalArgumentException(
                                name + " is set, and " + music + " is missing: what does a caller hear?");
                    });
            return Optional.empty();
        }
        if (org.webhookToken() == null) {
            throw new IllegalArgumentException(music + " is set, and " + prefix
                    + "webhook-token is missing: it is part of the URL that Twilio asks");
        }
        if (!sandbox && settings.publicUrl().isEmpty()) {
            throw new IllegalArgumentException(
                    music + " is set, and handoff.public-url is missing: it is part of the URL that Twilio asks");
        }
        Duration least = settings.find(every).isPresent() ? settings.duration(every) : USUAL;
        if (least.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(every + " must be at least " + SHORTEST.toSeconds() + "s");
        }
        boolean told = settings.find(position).isEmpty() || settings.flag(position);
        return Optional.of(new Room(played.get().toString(), least, told, UnansweredBeans.offers(org, settings)));
    }

    /** @param hasTasks the orgs whose callers wait as tasks of TaskRouter */
    static void bind(
            Registry registry,
            Orgs orgs,
            Settings settings,
            TwilioClients twilio,
            Transfers transfers,
            Predicate<String> hasTasks,
            Clock clock) {
        Enrichment enrichment = registry.lookupByNameAndType("enrichment", Enrichment.class);
        ExecutorService threads = threads();
        Duration timeout = settings.duration("handoff.availability.timeout");
        Availability availability = new Availability(
                orgs,
                twilio,
                transfers,
                hasTasks,
                enrichment::defaultLanguage,
                settings.duration("handoff.availability.fresh"),
                timeout,
                threads,
                clock);
        registry.bind("availability", availability);
        registry.bind("whyUnanswered", new WhyUnanswered(orgs, twilio, availability, timeout, threads));
    }

    /** At most one for each org that is asked about, and gone when nobody asks. */
    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "availability");
            thread.setDaemon(true);
            return thread;
        });
    }
}
