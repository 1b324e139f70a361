package io.flexhandoff.connect;

import com.twilio.exception.TwilioException;
import io.flexhandoff.connect.ConnectLedger.Entry;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.TwilioClients;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An org's Twilio account part by part, with what the ledger says that connect has written there. */
final class OrgAccount {

    private final Org org;
    private final WebhookUrl url;
    private final List<Part> parts;
    private final AccountContents contents;
    private final TaskRouterWebhook callback;
    private final EventStream stream;
    private final Supplier<ConnectLedger> entries;

    /** @param entries asked for when something is changed, or seems to be another system's, not before */
    OrgAccount(Org org, TwilioClients clients, DoorUrls urls, boolean realTwilio, Supplier<ConnectLedger> entries) {
        this.org = org;
        this.entries = entries;
        this.url = new WebhookUrl(org, urls, realTwilio);
        this.contents = new AccountContents(clients.forOrg(org.name()));
        TwilioAccount twilio = new TwilioAccount(org, clients.forOrg(org.name()));
        this.callback = new TaskRouterWebhook(twilio, url);
        this.stream = new EventStream(twilio, url);
        // the workflow last: calls go to the AI when all else stands
        this.parts = List.of(
                new AiWorkerPart(twilio, org),
                callback,
                stream,
                new ConversationsWebhook(twilio, url),
                new FlexService(twilio, org),
                new WorkflowPart(twilio, org));
    }

    List<Part> parts() {
        return parts;
    }

    /** All but the way by which TaskRouter's events do not come. */
    List<Part> partsFor(TaskEventsWay events) {
        boolean streamed = events == TaskEventsWay.STREAM
                || events == TaskEventsWay.AS_IT_IS && !callback.stands() && stream.stands();
        Part other = streamed ? callback : stream;
        return parts.stream().filter(part -> part != other).toList();
    }

    WebhookUrl url() {
        return url;
    }

    /** All that the settings name and the account does not have, where it tells. */
    UnknownSid unknown(UnknownSid first) {
        try {
            return UnknownSid.all(org, contents).orElse(first);
        } catch (TwilioException untold) {
            return first;
        }
    }

    Optional<Entry> find(Part part) {
        return entries.get().find(org.name(), part.name());
    }

    /** Whether what stands there is connect's own, under whatever name and token it was made. */
    boolean wrote(Part part, String present) {
        try {
            return find(part).filter(entry -> entry.isWritten(present)).isPresent();
        } catch (RuntimeException noLedger) {
            return false;
        }
    }

    /** What connect itself wrote is not what stood there before. */
    void keep(Part part, String present, String wanted) {
        String before = find(part)
                .filter(entry -> entry.isWritten(present))
                .map(Entry::before)
                .orElse(url.hide(present));
        entries.get().keep(org.name(), part.name(), before, wanted);
    }

    void written(Part part) {
        entries.get().written(org.name(), part.name(), part.state());
    }

    void forget(Part part) {
        entries.get().forget(org.name(), part.name());
    }
}
