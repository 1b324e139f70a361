package io.flexhandoff.runtime;

import io.flexhandoff.checkup.Checks;
import io.flexhandoff.door.AddressProof;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.transfer.Transfers;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** The beans of the checkup; those of the doors are there already. */
final class CheckupBeans {

    private CheckupBeans() {}

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
