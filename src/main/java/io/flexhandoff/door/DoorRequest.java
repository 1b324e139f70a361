package io.flexhandoff.door;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A request to one of Twilio's URLs, {@code /{door}/{org}/{webhookToken}…}, of which nothing is proven yet.
 *
 * @param org the org that the path names
 * @param token the webhook token in the path
 * @param callback what follows the token in the path
 * @param pathAndQuery as requested, still encoded
 * @param host the host that the sender says it calls, may be {@code null}
 * @param signature value of {@code X-Twilio-Signature}, may be {@code null}
 */
record DoorRequest(
        String org, String token, String callback, String pathAndQuery, String host, String signature, Form form) {

    static DoorRequest of(HttpServerRequest request) {
        String[] path = request.path().split("/", 5);
        String query = request.query();
        String forwarded = request.getHeader("X-Forwarded-Host");
        return new DoorRequest(
                path.length > 2 ? path[2] : "",
                path.length > 3 ? decoded(path[3]) : "",
                path.length > 4 ? path[4] : "",
                request.path() + (query == null ? "" : "?" + query),
                forwarded == null && request.authority() != null
                        ? request.authority().toString()
                        : forwarded,
                request.getHeader("X-Twilio-Signature"),
                new Form(request.formAttributes()));
    }

    /** Whether it is about one call. */
    boolean isVoice() {
        return pathAndQuery.startsWith("/voice/");
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
