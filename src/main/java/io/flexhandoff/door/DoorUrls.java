package io.flexhandoff.door;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** The URLs that Twilio calls. Bound as {@code doorUrls}. */
public final class DoorUrls {

    /** What follows the webhook token in the URL of a sink of Event Streams. */
    public static final String STREAM = "events";

    private final Orgs orgs;
    private final Supplier<Optional<String>> publicUrl;

    /** @param publicUrl the address under which Twilio reaches the application, without a slash at the end */
    public DoorUrls(Orgs orgs, Supplier<Optional<String>> publicUrl) {
        this.orgs = orgs;
        this.publicUrl = publicUrl;
    }

    /** Such as {@code https://handoff.example.com}; empty as long as it is not known. */
    public Optional<String> base() {
        return publicUrl.get();
    }

    /** Whether there is an org of that name. */
    public boolean isConfigured(String org) {
        return orgs.find(org).isPresent();
    }

    /** Whether Twilio can be told an org's URLs: the address is known, and the org has a webhook token. */
    public boolean isKnown(String org) {
        String token = orgs.get(org).webhookToken();
        return base().isPresent() && token != null && !token.isBlank();
    }

    /** Where an org's TaskRouter workspace and Conversations service send their events. */
    public String webhook(String org) {
        return base().orElse("") + "/webhooks/" + org + "/" + token(org);
    }

    /** Where an org's TwiML and calls send their callbacks, such as {@code connect-action}. */
    public String voice(String org, String callback) {
        return base().orElse("") + "/voice/" + org + "/" + token(org) + "/" + callback;
    }

    private String token(String org) {
        Org of = orgs.get(org);
        return URLEncoder.encode(of.webhookToken(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
