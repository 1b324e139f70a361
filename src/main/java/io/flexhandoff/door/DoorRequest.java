package io.flexhandoff.door;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request to one of Twilio's URLs, {@code /{door}/{org}/{webhookToken}…}, of which nothing is proven yet.
 *
 * @param org the org that the path names
 * @param token the webhook token in the path
 * @param callback what follows the token in the path
 * @param pathAndQuery as requested, still encoded
 * @param callers addresses without a scheme that the sender may have called, as proxies tell
 * @param signature value of {@code X-Twilio-Signature}, may be {@code null}
 * @param signing how it says that it is signed
 * @param isPost whether the parameters were posted, and are signed one by one; those of a GET are in its signed URL
 * @param isForm whether what was posted, if anything, is a form
 */
record DoorRequest(
        String org,
        String token,
        String callback,
        String pathAndQuery,
        Supplier<List<String>> callers,
        String signature,
        SignatureSettings signing,
        boolean isPost,
        boolean isForm,
        Form form) {

    private static final Pattern DOOR = Pattern.compile("/(?:webhooks|voice)/([^/]*)(?:/([^/]*))?(?:/(.*))?$");

    static DoorRequest of(HttpServerRequest request) {
        Matcher path = DOOR.matcher(request.path());
        boolean found = path.find();
        String query = request.query();
        boolean isPost = request.method().name().equals("POST");
        String type = request.getHeader("Content-Type");
        return new DoorRequest(
                found ? path.group(1) : "",
                found && path.group(2) != null ? decoded(path.group(2)) : "",
                found && path.group(3) != null ? path.group(3) : "",
                request.path() + (query == null ? "" : "?" + query),
                () -> Addresses.called(request),
                request.getHeader("X-Twilio-Signature"),
                SignatureSettings.of(request),
                isPost,
                type == null || type.strip().toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"),
                new Form(isPost ? request.formAttributes() : parameters(query)));
    }

    /** The org that the path names, empty when it names none. */
    static String org(HttpServerRequest request) {
        Matcher path = DOOR.matcher(request.path());
        return path.find() ? path.group(1) : "";
    }

    /** Those of a query, read as a form is. */
    private static Iterable<Map.Entry<String, String>> parameters(String query) {
        Stream<Map.Entry<String, String>> parameters = new QueryStringDecoder(query == null ? "" : query, false)
                .parameters().entrySet().stream()
                        .flatMap(all -> all.getValue().stream().map(value -> new SimpleEntry<>(all.getKey(), value)));
        return parameters.toList();
    }

    /** What Twilio signs beside the URL. */
    Map<String, String> signed() {
        return isPost ? form.signed() : Map.of();
    }

    /** Whether it is for the sink of Event Streams. */
    boolean isStream() {
        return callback.equals(DoorUrls.STREAM) && !isVoice();
    }

    /** Whether what was posted is of the kind that the URL takes. */
    boolean isAsWanted() {
        return isForm || isStream();
    }

    /** What the signed URL says of the body, which is in no form: its SHA-256 as hexadecimal digits; {@code null} when it says nothing. */
    String bodySha256() {
        List<String> values = new QueryStringDecoder(pathAndQuery).parameters().get("bodySHA256");
        return values == null ? null : values.get(0);
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
