package io.flexhandoff.twilio;

import java.net.URI;
import java.time.Duration;

/**
 * How Twilio is reached, configured as {@code handoff.twilio.*}; what is left {@code null} takes its default.
 *
 * @param baseUrl where requests go in place of Twilio: {@code https://{product}.twilio.com/{path}} becomes
 *     {@code {baseUrl}/{product}/{path}}; {@code null} (the default) is Twilio itself
 * @param connectTimeout the longest wait for a connection, and for a free place in the pool before that; default 2 s
 * @param readTimeout the longest silence while an answer is awaited; default 5 s
 * @param maxConnections connections in all, and to one host; default 512. Where there are several orgs one of them uses half of
 *     them at most
 * @param breakerWait how long nothing is sent to a product of Twilio after half of the last requests of an org to it
 *     failed; default 5 s
 */
public record TwilioSettings(
        URI baseUrl, Duration connectTimeout, Duration readTimeout, Integer maxConnections, Duration breakerWait) {

    /** @throws IllegalArgumentException naming the property that makes no sense */
    public TwilioSettings {
        connectTimeout = connectTimeout == null ? Duration.ofSeconds(2) : connectTimeout;
        readTimeout = readTimeout == null ? Duration.ofSeconds(5) : readTimeout;
        maxConnections = maxConnections == null ? Integer.valueOf(512) : maxConnections;
        breakerWait = breakerWait == null ? Duration.ofSeconds(5) : breakerWait;
        if (baseUrl != null) {
            baseUrl = checked(baseUrl);
        }
        positive("connect-timeout", connectTimeout.toMillis());
        positive("read-timeout", readTimeout.toMillis());
        positive("max-connections", maxConnections);
        positive("breaker-wait", breakerWait.toMillis());
    }

    /**
     * How many requests of one org may be under way at once: half of the connections, so that others have some too. Where
     * there are no others the connections themselves are the limit.
     */
    int requestsOfAnOrg(int orgs) {
        return orgs > 1 ? Math.max(1, maxConnections / 2) : Integer.MAX_VALUE;
    }

    /** The defaults, at this base URL; {@code null} is Twilio itself. */
    public static TwilioSettings at(URI baseUrl) {
        return new TwilioSettings(baseUrl, null, null, null, null);
    }

    private static URI checked(URI baseUrl) {
        boolean http = "http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme());
        if (!http || baseUrl.getHost() == null || baseUrl.getQuery() != null || baseUrl.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "handoff.twilio.base-url must be http(s)://host[:port][/path], without credentials or a query");
        }
        return URI.create(baseUrl.toString().replaceFirst("/+$", ""));
    }

    private static void positive(String property, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("handoff.twilio." + property + " must be more than nothing");
        }
    }
}
