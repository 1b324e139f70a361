package io.flexhandoff.checkup;

import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.org.Org;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in Twilio where the org's webhook URL should. The token of neither is ever shown.
 *
 * @param what what it is
 * @param cause how it probably came there
 * @param others whether somebody else's system may depend on it
 */
record StrangeUrl(String what, String cause, boolean others) {

    private static final Pattern OURS = Pattern.compile("/webhooks/([^/]+)/[^/]*");

    /** For an org that has no webhook URL to compare with. */
    static Outcome unknown() {
        return Outcome.skipped(
                "Which URL should stand there is not known: first put right what " + AddressCheck.NAME + " says");
    }

    /** What is wrong with the URL that stands there, if anything. */
    static Optional<StrangeUrl> of(String present, WebhookUrl wanted, Org org) {
        if (wanted.is(present)) {
            return Optional.empty();
        }
        URI wantedUri = URI.create(wanted.plain());
        URI found;
        try {
            found = URI.create(WebhookUrl.bare(present));
        } catch (IllegalArgumentException e) {
            return Optional.of(new StrangeUrl("text that is no URL", "It was mistyped", false));
        }
        if (!String.valueOf(wantedUri.getAuthority()).equalsIgnoreCase(found.getAuthority())) {
            return Optional.of(new StrangeUrl(
                    "another system's address, at " + found.getHost(),
                    "Another integration uses it, an old address of this application stands there, or"
                            + " handoff.public-url is not the address that Twilio should call",
                    true));
        }
        Matcher ours = OURS.matcher(String.valueOf(found.getPath()));
        if (!ours.matches()) {
            return Optional.of(new StrangeUrl(
                    "an address of this host, but not that of the webhook", "It was mistyped or cut off", true));
        }
        if (!ours.group(1).equals(org.name())) {
            return Optional.of(new StrangeUrl(
                    "the URL of org " + ours.group(1),
                    "The URL of another org was put into this org's account",
                    false));
        }
        return Optional.of(
                wantedUri.getPath().equals(found.getPath())
                        ? new StrangeUrl(
                                "the URL with " + found.getScheme() + " for " + wantedUri.getScheme(),
                                "Twilio signs the URL that it calls, so every request is refused",
                                false)
                        : new StrangeUrl(
                                "this org's URL with another webhook token",
                                "handoff.orgs." + org.name() + ".webhook-token was changed after the URL was set",
                                false));
    }
}
