package io.flexhandoff.door;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a request to the public address came here, to an application that has the org's secrets. A checkup posts to the org's
 * webhook what Twilio would post, signed like it, with a word of its own; only whoever has them can answer with that word's proof, and only
 * a request that is signed gets it. Bound as {@code addressProof}.
 */
public final class AddressProof {

    /** The {@code EventType} of the question. */
    public static final String EVENT_TYPE = "flex-handoff.checkup";

    /** The parameter with the word. */
    public static final String WORD = "CheckupWord";

    private static final String ALGORITHM = "HmacSHA256";

    private final Orgs orgs;

    public AddressProof(Orgs orgs) {
        this.orgs = orgs;
    }

    /** The proof for the word in a form, as hexadecimal digits. */
    public String answer(String org, Map<String, String> form) {
        return of(orgs.get(org), form.getOrDefault(WORD, ""));
    }

    /** The proof for a word of the org, which no other application can tell. */
    public static String of(Org org, String word) {
        // not the webhook token: whoever is called in our place reads it in the URL
        String secret = org.authToken() != null
                ? org.authToken()
                : org.access().signingKeys().values().iterator().next();
        byte[] proof = mac(ALGORITHM, secret, EVENT_TYPE + " " + word);
        return HexFormat.of().formatHex(proof);
    }

    private static byte[] mac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
