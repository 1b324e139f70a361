package io.flexhandoff.runtime;

import io.flexhandoff.dial.DialSteps;
import io.flexhandoff.dial.DialTo;
import io.flexhandoff.dial.DialTwiml;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.event.CallEvents;
import io.flexhandoff.handoff.Targets;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.waiting.Farewell;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.spi.Registry;

/** The beans of the routes that connect a caller with a phone number or a SIP address. */
final class DialBeans {

    private static final String DIAL = "dial";
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private DialBeans() {}

    /**
     * For orgs whose target is {@code dial}, and those that say whom to dial, as one made after it may need.
     *
     * @param sandbox whether Twilio is on this machine, which finds the URLs without being told the address
     * @throws IllegalArgumentException naming the setting that makes no sense
     */
    static void bind(Registry registry, Orgs orgs, Settings settings, Targets targets, boolean sandbox) {
        Map<String, DialTo> dialed = new HashMap<>();
        orgs.all().stream()
                .filter(org -> targets.of(org.name()).equals(DIAL)
                        || settings.find(prefix(org) + "dial.to").isPresent())
                .forEach(org -> dialed.put(org.name(), to(org, settings, sandbox)));
        DialTwiml twiml = new DialTwiml(
                dialed,
                registry.lookupByNameAndType("doorUrls", DoorUrls.class),
                registry.lookupByNameAndType("farewell", Farewell.class));
        registry.bind("dialTwiml", twiml);
        DialSteps steps = new DialSteps(orgs, twiml, registry.lookupByNameAndType("callEvents", CallEvents.class));
        registry.bind("dialRequest", steps.request());
        registry.bind("dialedLinesRequest", steps.linesRequest());
        registry.bind("lookAtDialedLines", steps.look());
        registry.bind("dialedCall", steps.dialed());
        registry.bind("dialAnswered", steps.answered());
        registry.bind("dialOver", steps.over());
    }

    private static String prefix(Org org) {
        return "handoff.orgs." + org.name() + ".";
    }

    private static DialTo to(Org org, Settings settings, boolean sandbox) {
        String prefix = prefix(org);
        String to = settings.find(prefix + "dial.to").orElseThrow(() -> missing(prefix, prefix + "dial.to"));
        if (org.webhookToken() == null) {
            throw missing(prefix, prefix + "webhook-token");
        }
        if (!sandbox && settings.publicUrl().isEmpty()) {
            throw missing(prefix, "handoff.public-url");
        }
        String timeout = prefix + "dial.timeout";
        try {
            return new DialTo(
                    to,
                    settings.find(prefix + "dial.caller-id").orElse(null),
                    settings.find(timeout).isPresent() ? settings.duration(timeout) : USUAL_TIMEOUT);
        } catch (IllegalArgumentException e) {
            String words = e.getMessage();
            throw words.startsWith(prefix) ? e : new IllegalArgumentException(prefix + "dial." + words);
        }
    }

    private static IllegalArgumentException missing(String prefix, String needed) {
        return new IllegalArgumentException(
                needed + " is missing: " + prefix + "transfer-target, or handoff.transfer.target, is " + DIAL);
    }
}
