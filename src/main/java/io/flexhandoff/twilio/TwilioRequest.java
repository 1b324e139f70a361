package io.flexhandoff.twilio;

import java.util.Map;

/**
 * A request for Twilio's REST API.
 *
 * @param product whose host is asked: {@code conversations}, {@code taskrouter}, {@code events} or {@code api}
 * @param path below that host, with its query, both encoded; or whole, as Twilio links to the next page of a list
 * @param form what is written, by Twilio's parameter names; empty for nothing
 * @param ifMatch the version that is written over, or {@code null} for whichever is there
 */
public record TwilioRequest(String method, String product, String path, Map<String, String> form, String ifMatch) {

    /** @param path with its query, both encoded */
    public static TwilioRequest get(String product, String path) {
        return new TwilioRequest("GET", product, path, Map.of(), null);
    }

    public static TwilioRequest post(String product, String path, Map<String, String> form) {
        return new TwilioRequest("POST", product, path, form, null);
    }

    public static TwilioRequest delete(String product, String path) {
        return new TwilioRequest("DELETE", product, path, Map.of(), null);
    }

    /** The same for another page of a list, by the link that Twilio gave. */
    public TwilioRequest page(String link) {
        return new TwilioRequest(method, product, link, form, ifMatch);
    }

    public TwilioRequest ifMatch(String version) {
        return new TwilioRequest(method, product, path, form, version);
    }

    /** Whether the path is a link of Twilio's own. */
    boolean isLink() {
        return !path.startsWith("/");
    }

    /** What a failure is told by: without query, credentials or what was to be written. */
    String name() {
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        return method + " " + (isLink() ? bare : "https://" + product + ".twilio.com" + bare);
    }
}
