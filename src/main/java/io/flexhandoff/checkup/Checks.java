package io.flexhandoff.checkup;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.flex.Transfers;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.twilio.TwilioClients;
import java.time.Clock;
import java.util.List;

/** All checks, in the order in which one would put things right: a check comes after those that it needs. */
public final class Checks {

    private Checks() {}

    /**
     * @param transfers writes the sample as it writes any handed-off call
     * @param realTwilio whether Twilio itself is to call the public address, and not a stand-in on this network
     * @param rejected {@code null} where no application runs that counts refused requests
     */
    public static Checkup all(
            TwilioClients twilio,
            Orgs orgs,
            DoorUrls urls,
            Transfers transfers,
            boolean realTwilio,
            RejectedRequests rejected,
            Clock clock) {
        SampleCall sample = new SampleCall(transfers);
        return new Checkup(
                twilio,
                List.of(
                        new CredentialsCheck(orgs),
                        new PermissionsCheck(twilio, urls),
                        new WorkspaceCheck(),
                        new WorkflowCheck(),
                        new ServiceCheck(),
                        new FlexServiceCheck(),
                        new AddressCheck(urls, realTwilio),
                        new TaskRouterWebhookCheck(urls),
                        new ConversationsWebhookCheck(urls),
                        new AiWorkerCheck(),
                        new HandedOffFilterCheck(sample),
                        new FilterOrderCheck(sample),
                        new HandedOffQueueCheck(sample),
                        new DefaultFilterCheck(),
                        new ExpressionsCheck(sample),
                        new WaitQueueCheck(),
                        new RejectedRequestsCheck(rejected, clock),
                        new SampleCallCheck(sample),
                        new CallKindsCheck(sample)));
    }
}
