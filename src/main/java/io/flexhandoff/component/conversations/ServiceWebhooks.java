package io.flexhandoff.component.conversations;

import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.conversations.v1.service.configuration.WebhookUpdater;
import io.flexhandoff.component.TwilioCall;
import java.util.List;

/**
 * What a Conversations service reports, and where.
 *
 * @param url where Twilio reports what happened (its PostWebhookUrl), or {@code null}
 * @param filters the events that are reported
 * @param method {@code GET} or {@code POST}
 */
public record ServiceWebhooks(String url, List<String> filters, String method) {

    static ServiceWebhooks read(TwilioCall call) {
        return of(Webhook.fetcher(call.org().conversationsServiceSid()).fetch(call.client()));
    }

    /** Writes what is given, and leaves the rest as it is. */
    static ServiceWebhooks write(TwilioCall call) {
        WebhookUpdater updater = Webhook.updater(call.org().conversationsServiceSid())
                .setFilters(call.list(ConversationsConstants.WEBHOOK_FILTERS))
                .setMethod(call.text(ConversationsConstants.WEBHOOK_METHOD));
        String url = call.url(ConversationsConstants.WEBHOOK_URL);
        if (url != null) {
            updater.setPostWebhookUrl(url);
        }
        return of(updater.update(call.client()));
    }

    private static ServiceWebhooks of(Webhook webhook) {
        return new ServiceWebhooks(
                TwilioCall.text(webhook.getPostWebhookUrl()),
                webhook.getFilters() == null ? List.of() : webhook.getFilters(),
                webhook.getMethod() == null ? null : webhook.getMethod().toString());
    }
}
