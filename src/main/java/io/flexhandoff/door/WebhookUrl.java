package io.flexhandoff.door;

import io.flexhandoff.api.Problem;
import io.flexhandoff.org.Org;
import io.flexhandoff.trace.UrlWords;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL that an org's Twilio account should report to, and what another that stands there is beside it. TaskRouter takes
 * it with overrides of Twilio's retries behind a {@code #} (Twilio documentation, "Webhooks connection overrides"), which
 * Twilio does not send; they make it no other URL.
 */
public final class WebhookUrl {

    /** Three more tries, whatever went wrong; without it Twilio tries again when it got no connection, and only then. */
    public static final String RETRIES = "#rc=3&rp=all";

    /** Stands for the URL where its token must not be. */
    private static final String PLACEHOLDER = "{webhook}";

    private static final Pattern OVERRIDES = Pattern.compile("#((ct|rt|tt|rc|rp|e)=[\\w,-]*&?)*");

    private static final String STREAM = "/" + DoorUrls.STREAM;

    private final DoorUrls urls;
    private final String url;
    private final String before;
    private final String problem;

    /** Behind any address that the application had or has; {@code null} when it is not known. */
    private final String tail;

    public WebhookUrl(Org org, DoorUrls urls) {
        this(org, urls, false);
    }

    /** @param forTwilio whether it is for Twilio itself, which reaches nothing but the internet */
    public WebhookUrl(Org org, DoorUrls urls, boolean forTwilio) {
        this.urls = urls;
        String noUrl = ", so there is no URL to give to Twilio";
        if (urls.base().isEmpty()) {
            problem = "handoff.public-url is not set" + noUrl;
        } else if (!urls.isKnown(org.name())) {
            problem = "handoff.orgs." + org.name() + ".webhook-token is not set" + noUrl;
        } else {
            problem = forTwilio ? urls.base().flatMap(PublicAddress::flaw).orElse(null) : null;
        }
        tail = urls.isKnown(org.name())
                ? urls.webhook(org.name()).substring(urls.base().orElse("").length())
                : null;
        url = problem == null ? urls.webhook(org.name()) : "";
        before = urls.base().orElse("") + "/webhooks/" + org.name() + "/";
    }

    /** Why there is none, {@code null} when there is one. */
    public String problem() {
        return problem;
    }

    /** As the Conversations service takes it, which knows no overrides of its retries. */
    public String plain() {
        return url;
    }

    /** As a TaskRouter workspace takes it. */
    public String withRetries() {
        return url + RETRIES;
    }

    /** Whether that is the URL, with whatever overrides. */
    public boolean is(String other) {
        return problem == null && bare(other).equals(url);
    }

    /** As a sink of Event Streams takes it. */
    public String ofStream() {
        return url + STREAM;
    }

    /** Whether that is the sink's URL. */
    public boolean isOfStream(String other) {
        return other.endsWith(STREAM) && is(callback(other));
    }

    /** Whether that is the sink's URL, perhaps with an older token, or at an address that the application had before. */
    public boolean isOwnStream(String other) {
        return other.endsWith(STREAM) && isOwn(callback(other));
    }

    /** A sink's URL without its secrets. */
    public String shownStream(String other) {
        return shown(callback(other)) + STREAM;
    }

    private static String callback(String stream) {
        return stream.substring(0, stream.length() - STREAM.length());
    }

    /** A URL without its overrides, and without a query, which is signed as it is and means nothing. */
    private static String bare(String other) {
        return other.replaceFirst("(?s)[?#].*", "");
    }

    /** The token that ends the URL of a configured org, encoded as it is there; empty for any other org. */
    public Optional<String> tokenOf(String org) {
        return urls.isConfigured(org) && urls.isKnown(org)
                ? Optional.of(urls.webhook(org).replaceFirst(".*/", ""))
                : Optional.empty();
    }

    /** Whether Twilio is told to try again. */
    public boolean hasRetries(String other) {
        return other.matches("[^#]*#(.*&)?rc=[1-5](&.*)?");
    }

    /** Whether a URL is the org's own, perhaps with an older token, or at an address that the application had before. */
    private boolean isOwn(String other) {
        return problem == null && other.startsWith(before) || isFormer(other);
    }

    /** At another address, such as yesterday's tunnel: nobody else knows the token. */
    private boolean isFormer(String other) {
        return tail != null && !is(other) && bare(other).endsWith(tail);
    }

    /** Whether somebody else would lose it. */
    public boolean isForeign(String other) {
        return !other.isEmpty() && !isOwn(other);
    }

    /** A URL without its secrets: of another system's, the host is all that is told. */
    public String shown(String other) {
        if (other.isEmpty()) {
            return null;
        }
        if (isFormer(other)) {
            return bare(other).replaceFirst("[^/]*$", "***");
        }
        if (isOwn(other)) {
            String fragment = other.replaceFirst("(?s)^[^#]*", "");
            return before + "***" + (OVERRIDES.matcher(fragment).matches() ? fragment : "");
        }
        return UrlWords.shortened(other).orElse("a URL that cannot be read");
    }

    /** A text to keep, without the token. */
    public String hide(String text) {
        return text == null || problem != null ? text : text.replace(url, PLACEHOLDER);
    }

    /**
     * The reverse of {@link #hide}.
     *
     * @throws Problem 409 when the URL is not known any more
     */
    public String unhide(String text) {
        if (text != null && problem != null && text.contains(PLACEHOLDER)) {
            throw new Problem(409, "Conflict", problem);
        }
        return text == null ? null : text.replace(PLACEHOLDER, url);
    }

    /** A text to print, without the token. */
    public String quiet(String text) {
        return problem != null ? text : text.replace(url, before + "***");
    }
}
