package io.flexhandoff.runtime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flexhandoff.checkup.Checks;
import io.flexhandoff.checkup.Checkup;
import io.flexhandoff.door.AddressProof;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.thread.HandoffNote;
import io.flexhandoff.thread.ThreadMessages;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.spi.Registry;

/** The beans of the checkup; those of the doors are there already. */
final class CheckupBeans {

    private CheckupBeans() {}

    /** The checkup where no application runs, and so nothing is refused. */
    static Checkup outside(TwilioClients twilio, Orgs orgs, DoorUrls urls, boolean realTwilio) {
        Clock clock = Clock.systemUTC();
        Transfers transfers = new Transfers(
                orgs, JsonMapper.builder().build(), new ThreadMessages(new HandoffNote()), Duration.ZERO, clock);
        return Checks.all(twilio, orgs, urls, transfers, realTwilio, null, clock);
    }

    /** @param realTwilio whether requests go to Twilio itself */
    static void bind(
            Registry registry, Orgs orgs, TwilioClients twilio, Transfers transfers, boolean realTwilio, Clock clock) {
        registry.bind("addressProof", new AddressProof(orgs));
        registry.bind(
                "checkup",
                Checks.all(
                        twilio,
                        orgs,
                        registry.lookupByNameAndType("doorUrls", DoorUrls.class),
                        transfers,
                        realTwilio,
                        registry.lookupByNameAndType("rejectedRequests", RejectedRequests.class),
                        clock));
    }
}
