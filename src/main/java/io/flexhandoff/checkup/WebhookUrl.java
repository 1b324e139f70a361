package io.flexhandoff.checkup;

import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.org.Org;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL that stands in Twilio, held against the one that should. Tokens in either are never shown. */
final class WebhookUrl {

    private static final Pattern OURS = Pattern.compile("/webhooks/([^/]+)/[^/]*");

    private final DoorUrls urls;

    WebhookUrl(DoorUrls urls) {
        this.urls = urls;
    }

    /** Why nobody can say which URL should stand there, if so. */
    Optional<Outcome> unknown(Org org) {
        return urls.isKnown(org.name())
                ? Optional.empty()
                : Optional.of(Outcome.skipped("Which URL should stand there is not known: first put right what "
                        + AddressCheck.NAME + " says"));
    }

    /** What is wrong with the URL that stands there, if anything. Twilio's connection overrides, after a #, do not count. */
    Optional<Wrong> wrong(Org org, String present) {
        String wanted = urls.webhook(org.name());
        String found = present.replaceFirst("#.*", "");
        if (found.equals(wanted)) {
            return Optional.empty();
        }
        URI wantedUri = URI.create(wanted);
        URI foundUri;
        try {
            foundUri = URI.create(found);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Wrong("text that is no URL", "It was mistyped", false));
        }
        if (!String.valueOf(wantedUri.getAuthority()).equalsIgnoreCase(foundUri.getAuthority())) {
            return Optional.of(new Wrong(
                    "another system's address, at " + foundUri.getHost(),
                    "Another integration uses it, an old address of this application stands there, or"
                            + " handoff.public-url is not the address that Twilio should call",
                    true));
        }
        Matcher ours = OURS.matcher(String.valueOf(foundUri.getPath()));
        String org2 = ours.matches() ? ours.group(1) : null;
        if (org2 == null) {
            return Optional.of(new Wrong(
                    "an address of this host, but not that of the webhook", "It was mistyped or cut off", true));
        }
        if (!org2.equals(org.name())) {
            return Optional.of(new Wrong(
                    "the URL of org " + org2, "The URL of another org was put into this org's account", false));
        }
        return Optional.of(
                wantedUri.getPath().equals(foundUri.getPath())
                        ? new Wrong(
                                "the URL with " + foundUri.getScheme() + " for " + wantedUri.getScheme(),
                                "Twilio signs the URL that it calls, so every request is refused",
                                false)
                        : new Wrong(
                                "this org's URL with another webhook token",
                                "handoff.orgs." + org.name() + ".webhook-token was changed after the URL was set",
                                false));
    }

    /** @param others whether somebody else's system may depend on it */
    record Wrong(String what, String cause, boolean others) {}
}
