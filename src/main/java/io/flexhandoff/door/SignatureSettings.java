package io.flexhandoff.door;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a request says that it is signed: with the auth token and HMAC-SHA1, or, where a webhook rule of the account says so, with a shared key
 * that {@code X-Twilio-Webhooks-Signature-Settings: key=…,algorithm=HMAC_SHA256} names (Twilio documentation, "Sign webhooks with shared
 * keys"). The header is not signed itself: it says which of our secrets to try, and proves nothing.
 *
 * @param shared whether it is a shared key
 * @param key name of the shared key, empty when it is not told
 * @param algorithm as {@link javax.crypto.Mac} has it, {@code null} when it is none that is known here
 */
record SignatureSettings(boolean shared, String key, String algorithm) {

    static final SignatureSettings AUTH_TOKEN = new SignatureSettings(false, "", "HmacSHA1");

    private static final String HEADER = "X-Twilio-Webhooks-Signature-Settings";
    private static final Map<String, String> ALGORITHMS = Map.of("HMAC_SHA256", "HmacSHA256", "HMAC_SHA1", "HmacSHA1");
    private static final Pattern SHOWN = Pattern.compile("[\\w.:-]{1,64}");

    static SignatureSettings of(HttpServerRequest request) {
        String header = request.getHeader(HEADER);
        return header == null
                ? AUTH_TOKEN
                : new SignatureSettings(
                        true,
                        part(header, "key").orElse(""),
                        part(header, "algorithm").map(ALGORITHMS::get).orElse(null));
    }

    private static Optional<String> part(String header, String name) {
        for (String part : header.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0
                    && part.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(name)) {
                return Optional.of(part.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** The key's name as an operator may see it, since anybody can have written it. */
    String shownKey() {
        return SHOWN.matcher(key).matches() ? "key " + key : "a key by a name that is none";
    }
}
