package io.flexhandoff.checkup;

import com.twilio.http.HttpMethod;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import io.flexhandoff.connect.RequiredEvents;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.WebhookUrl;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Does the Conversations service send its events here, all that are needed? */
final class ConversationsWebhookCheck implements Check {

    private final DoorUrls urls;

    ConversationsWebhookCheck(DoorUrls urls) {
        this.urls = urls;
    }

    @Override
    public String name() {
        return "conversations-webhook";
    }

    @Override
    public List<String> needs() {
        return List.of("credentials", "conversations-service");
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        WebhookUrl url = new WebhookUrl(read.org(), urls);
        return url.problem() != null
                ? StrangeUrl.unknown()
                : look(read, url, read.serviceWebhook().orElse(null));
    }

    private static Outcome look(OrgInTwilio read, WebhookUrl url, Webhook webhook) {
        String present = Optional.ofNullable(webhook)
                .map(Webhook::getPostWebhookUrl)
                .map(URI::toString)
                .orElse("");
        String place = Places.serviceWebhooks(read);
        if (present.isBlank()) {
            return Outcome.failed(
                    "The Conversations service tells nobody what happens in threads",
                    "The service has no post-webhook URL",
                    "Set the URL of " + Places.URLS + " as post-webhook in " + place + Places.orConnect(read));
        }
        Optional<StrangeUrl> strange = StrangeUrl.of(present, url, read.org());
        if (strange.isPresent()) {
            return Outcome.failed(
                    "The Conversations service sends its events to "
                            + strange.get().what(),
                    strange.get().cause(),
                    strange.get().others()
                            ? "Find out whose it is, then set ours in " + place + ", or connect "
                                    + read.org().name() + " --apply --replace; or put handoff.public-url right"
                            : "Set the URL of " + Places.URLS + " in " + place + Places.orConnect(read));
        }
        List<String> events = Optional.ofNullable(webhook.getFilters()).orElse(List.of());
        List<String> lacking = RequiredEvents.CONVERSATIONS.stream()
                .filter(event -> !events.contains(event))
                .toList();
        if (!lacking.isEmpty()) {
            return Outcome.failed(
                    "The Conversations service does not send " + String.join(", ", lacking),
                    "The service sends only the events that are ticked",
                    "Tick them in " + place + Places.orConnect(read));
        }
        if (HttpMethod.GET.toString().equals(String.valueOf(webhook.getMethod()))) {
            return Outcome.failed(
                    "The Conversations service sends its events by GET, which is not taken in",
                    "The method of the webhook was changed",
                    "Choose POST in " + place + Places.orConnect(read));
        }
        return Outcome.ok("The Conversations service sends its events here");
    }
}
