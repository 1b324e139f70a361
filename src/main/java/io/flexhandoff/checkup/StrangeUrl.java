package io.flexhandoff.checkup;

import io.flexhandoff.door.WebhookUrl;
import io.flexhandoff.org.Org;
import io.flexhandoff.trace.UrlWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final Pattern URL = Pattern.compile(
            "(https?)://(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:[?#].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("(.*)/webhooks/([^/]+)/([^/]+)");

    /** For an org that has no webhook URL to compare with. */
    static Outcome unknown() {
        return Outcome.skipped(
                "Which URL should stand there is not known: first put right what " + AddressCheck.NAME + " says");
    }

    /**
     * A URL in its parts.
     *
     * @param host with its port, unless that is the scheme's own, which Twilio may leave out when it signs
     * @param org {@code null}, like prefix and token, when the path is not that of a webhook
     */
    private record Parts(String scheme, boolean hasUser, String host, String prefix, String org, String token) {

        static Optional<Parts> of(String url) {
            Matcher matcher = URL.matcher(url);
            if (!matcher.matches() || UrlWords.host(url).isEmpty()) {
                return Optional.empty();
            }
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            String host = matcher.group(3).replaceFirst(scheme.equals("https") ? ":443$" : ":80$", "");
            Matcher path = OURS.matcher(matcher.group(4));
            return Optional.of(
                    path.matches()
                            ? new Parts(
                                    scheme, matcher.group(2) != null, host, path.group(1), path.group(2), path.group(3))
                            : new Parts(scheme, matcher.group(2) != null, host, null, null, null));
        }
    }

    /** What is wrong with the URL that stands there, if anything. */
    static Optional<StrangeUrl> of(String present, WebhookUrl wanted, Org org) {
        if (wanted.is(present)) {
            return Optional.empty();
        }
        Optional<Parts> read = Parts.of(present);
        if (read.isEmpty()) {
            return Optional.of(new StrangeUrl("text that is no URL", "It was mistyped", false));
        }
        Parts found = read.get();
        Parts ours = Parts.of(wanted.plain()).orElseThrow();
        if (!ours.host().equalsIgnoreCase(found.host())) {
            return Optional.of(new StrangeUrl(
                    "another system's address, at " + UrlWords.host(present).orElseThrow(),
                    "Another integration uses it, an old address of this application stands there, or"
                            + " handoff.public-url is not the address that Twilio should call",
                    true));
        }
        return found.org() == null
                ? Optional.of(new StrangeUrl(
                        "an address of this host, but not that of the webhook", "It was mistyped or cut off", true))
                : differing(
                        found, ours, wanted.tokenOf(found.org()), found.org().equals(org.name()));
    }

    /**
     * This application's URL, with all that is other about it.
     *
     * @param token that it should end with; empty when its org is not configured
     */
    private static Optional<StrangeUrl> differing(Parts found, Parts ours, Optional<String> token, boolean ofThisOrg) {
        List<String> differences = new ArrayList<>();
        List<String> causes = new ArrayList<>();
        if (!ofThisOrg) {
            causes.add("The URL of another org was put into this org's account");
        }
        if (token.isPresent() && !token.get().equals(found.token())) {
            differences.add("another webhook token");
            causes.add("handoff.orgs." + found.org() + ".webhook-token was changed after the URL was set");
        }
        List<String> address = addressDiffering(found, ours);
        if (!address.isEmpty()) {
            differences.addAll(address);
            causes.add(
                    "Twilio signs the URL that it calls, so every request to another than handoff.public-url is refused");
        }
        String what = ofThisOrg
                ? "this org's URL"
                : token.isPresent() ? "the URL of org " + found.org() : "the URL of an org that is not configured here";
        return causes.isEmpty()
                ? Optional.empty()
                : Optional.of(new StrangeUrl(
                        what + (differences.isEmpty() ? "" : " with " + String.join(" and ", differences)),
                        String.join("; ", causes),
                        false));
    }

    private static List<String> addressDiffering(Parts found, Parts ours) {
        List<String> differences = new ArrayList<>();
        if (!found.scheme().equals(ours.scheme())) {
            differences.add(found.scheme() + " for " + ours.scheme());
        }
        if (found.hasUser()) {
            differences.add("a user and password");
        }
        if (!found.prefix().equals(ours.prefix())) {
            differences.add("another path before /webhooks");
        }
        if (!found.host().equals(ours.host())) {
            differences.add("its host in other letters");
        }
        return differences;
    }
}
