package io.flexhandoff.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's signature of a request: the URL and the posted parameters by name, under HMAC, in Base64 (Twilio documentation, "Webhooks
 * security"). Twilio's own {@code RequestValidator} knows HMAC-SHA1 alone.
 */
final class RequestSignature {

    private static final Pattern ADDRESS = Pattern.compile("((https?)://[^/]*?)(:\\d+)?(/.*|)", Pattern.DOTALL);

    private final SecretKeySpec key;

    /** @param algorithm as {@link Mac} has it @param secret the auth token, or that of a shared key */
    RequestSignature(String algorithm, String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm);
    }

    /**
     * Whether it is the signature of a request to an address. Products of Twilio differ in whether they sign a port that goes without
     * saying: both are right.
     *
     * @param base scheme, host, port and what a proxy takes off the path
     */
    boolean isOf(String base, String pathAndQuery, Map<String, String> parameters, String signature) {
        StringBuilder posted = new StringBuilder(pathAndQuery);
        new TreeMap<>(parameters).forEach((name, value) -> posted.append(name).append(value));
        byte[] presented = signature.getBytes(StandardCharsets.UTF_8);
        return withAndWithoutPort(base)
                .map(address -> signature(address + posted).getBytes(StandardCharsets.UTF_8))
                .anyMatch(right -> MessageDigest.isEqual(right, presented));
    }

    private static Stream<String> withAndWithoutPort(String base) {
        Matcher parts = ADDRESS.matcher(base);
        if (!parts.matches()) {
            return Stream.of(base);
        }
        String port = parts.group(3) != null ? parts.group(3) : parts.group(2).equals("https") ? ":443" : ":80";
        return Stream.of(parts.group(1) + parts.group(4), parts.group(1) + port + parts.group(4));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
