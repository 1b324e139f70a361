package io.flexhandoff.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How Twilio signs the webhooks of an account: HMAC of the URL and the form's fields by name, with the auth token and SHA-1, or with a shared
 * key and SHA-256 where a webhook rule says so (Twilio documentation, "Sign webhooks with shared keys").
 */
public final class WebhookSigning {

    private static final String SIGNATURE = "X-Twilio-Signature";
    private static final String SETTINGS = "X-Twilio-Webhooks-Signature-Settings";

    private final String key;
    private final SecretKeySpec secret;

    private WebhookSigning(String key, String algorithm, String secret) {
        this.key = key;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm);
    }

    public static WebhookSigning withAuthToken(String authToken) {
        return new WebhookSigning(null, "HmacSHA1", authToken);
    }

    /** @param key the name of the shared key */
    public static WebhookSigning withSharedKey(String key, String secret) {
        return new WebhookSigning(key, "HmacSHA256", secret);
    }

    /** What a request carries to be told from a forged one. */
    public Map<String, String> headers(String url, SortedMap<String, String> form) {
        StringBuilder signed = new StringBuilder(url);
        form.forEach((name, value) -> signed.append(name).append(value));
        String signature = Base64.getEncoder().encodeToString(mac(signed.toString()));
        return key == null
                ? Map.of(SIGNATURE, signature)
                : Map.of(SIGNATURE, signature, SETTINGS, "key=" + key + ",algorithm=HMAC_SHA256");
    }

    /** What Twilio puts into the URL as {@code bodySHA256} when it posts no form. */
    public static String sha256(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mac(String signed) {
        try {
            Mac mac = Mac.getInstance(secret.getAlgorithm());
            mac.init(secret);
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
