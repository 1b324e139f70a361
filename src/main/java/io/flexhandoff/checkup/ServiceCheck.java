package io.flexhandoff.checkup;

import com.twilio.rest.conversations.v1.Service;
import java.util.List;
import java.util.Optional;

/** Does the account have the Conversations service in which the transcripts go, and does it keep them open while a call lasts? */
final class ServiceCheck implements Check {

    @Override
    public String name() {
        return "conversations-service";
    }

    @Override
    public List<String> needs() {
        return List.of("credentials");
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        Optional<Service> service = org.service();
        if (service.isPresent()) {
            return ThreadTimers.tooShort(org)
                    .orElseGet(() ->
                            Outcome.ok("Conversations service '" + service.get().getFriendlyName() + "'"));
        }
        return UnknownSid.of(
                org,
                "Conversations service",
                org.org().conversationsServiceSid(),
                "conversations-service-sid",
                org.services(),
                Places.SERVICES);
    }
}
