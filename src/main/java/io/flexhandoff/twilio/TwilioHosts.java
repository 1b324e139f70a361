package io.flexhandoff.twilio;

import java.net.URI;

/** Where a request for Twilio goes: to Twilio, or to the stand-in that {@code handoff.twilio.base-url} names. */
final class TwilioHosts {

    private static final String TWILIO = ".twilio.com";

    private final String baseUrl;

    TwilioHosts(URI baseUrl) {
        this.baseUrl = baseUrl == null ? null : baseUrl.toString();
    }

    /**
     * The target of a request as the SDK made it.
     *
     * @throws IllegalArgumentException if it is for another host, since it would carry an org's credentials there; a
     *     stand-in's own address is allowed, as the page links of its answers may name it
     */
    URI target(URI asked) {
        String host = asked.getHost();
        if (host.endsWith(TWILIO) && "https".equals(asked.getScheme())) {
            if (baseUrl == null) {
                return asked;
            }
            String product = host.substring(0, host.indexOf('.'));
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            return URI.create(baseUrl + "/" + product + asked.getRawPath() + query);
        }
        if (baseUrl != null && asked.toString().startsWith(baseUrl + "/")) {
            return asked;
        }
        throw new IllegalArgumentException("Not a host of Twilio: " + host);
    }
}
