package io.flexhandoff.connect;

import io.flexhandoff.api.Problem;
import io.flexhandoff.door.DoorUrls;
import io.flexhandoff.org.Org;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL that an org's account should report to, and whose it is that stands there now. */
final class WebhookUrl {

    /** Three more tries, whatever went wrong; without it Twilio tries again when it got no connection, and only then. */
    private static final String RETRIES = "#rc=3&rp=all";

    /** Stands for the URL where its token must not be. */
    private static final String PLACEHOLDER = "{webhook}";

    private static final Pattern HOST = Pattern.compile("(https?://)(?:[^/?#]*@)?([^/@?#]+).*", Pattern.DOTALL);

    private final String url;
    private final String before;
    private final String problem;

    WebhookUrl(Org org, DoorUrls urls) {
        String noUrl = ", so there is no URL to give to Twilio";
        boolean token = org.webhookToken() != null && !org.webhookToken().isBlank();
        if (urls.base().isEmpty()) {
            problem = "handoff.public-url is not set" + noUrl;
        } else if (!token) {
            problem = "handoff.orgs." + org.name() + ".webhook-token is not set" + noUrl;
        } else {
            problem = null;
        }
        url = problem == null ? urls.webhook(org.name()) : "";
        before = urls.base().orElse("") + "/webhooks/" + org.name() + "/";
    }

    /** Why there is none, {@code null} when there is one. */
    String problem() {
        return problem;
    }

    /** As the Conversations service takes it, which knows no overrides of its retries. */
    String plain() {
        return url;
    }

    /** With overrides of Twilio's retries ("Webhooks connection overrides"). */
    String withRetries() {
        return url + RETRIES;
    }

    /** Whether that is the URL, with whatever overrides. */
    boolean is(String other) {
        return problem == null && other.replaceFirst("#.*", "").equals(url);
    }

    boolean hasRetries(String other) {
        return other.matches("[^#]*#(.*&)?rc=[1-5](&.*)?");
    }

    /** Whether a URL is the org's own, perhaps with an older token. */
    private boolean isOwn(String other) {
        return problem == null && other.startsWith(before);
    }

    /** Whether somebody else would lose it. */
    boolean isForeign(String other) {
        return !other.isEmpty() && !isOwn(other);
    }

    /** A URL without its secrets: of another system's, the host is all that is told. */
    String shown(String other) {
        if (other.isEmpty()) {
            return null;
        }
        if (isOwn(other)) {
            return before + "***" + other.replaceFirst("^[^#]*", "");
        }
        return host(other) == null
                ? "a URL that cannot be read"
                : HOST.matcher(other).replaceFirst("$1$2/...");
    }

    /** Such as {@code crm.example.com}; {@code null} when the URL cannot be read. */
    static String host(String url) {
        Matcher matcher = HOST.matcher(url);
        return matcher.matches() ? matcher.group(2) : null;
    }

    /** Why it is not replaced without a word. */
    static String standsThere(String other) {
        String host = host(other);
        return (host == null ? "another system's URL" : "the URL of " + host)
                + " stands there and would be displaced; say replace to take its place";
    }

    /** A text to keep, without the token. */
    String hide(String text) {
        return text == null || problem != null ? text : text.replace(url, PLACEHOLDER);
    }

    /**
     * The reverse of {@link #hide}.
     *
     * @throws Problem 409 when the URL is not known any more
     */
    String unhide(String text) {
        if (text != null && problem != null && text.contains(PLACEHOLDER)) {
            throw new Problem(409, "Conflict", problem);
        }
        return text == null ? null : text.replace(PLACEHOLDER, url);
    }

    /** A text to print, without the token. */
    String quiet(String text) {
        return problem != null ? text : text.replace(url, before + "***");
    }
}
