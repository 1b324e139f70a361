package io.flexhandoff.outcome;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where an org wants to hear of outcomes. */
public final class OutcomeUrl {

    private static final String PREFIX = "whsec_";

    private final String url;
    private final byte[] key;

    /**
     * @param url of its AI phone platform
     * @param secret that what it gets is signed with: as Standard Webhooks has it, {@code whsec_} and Base64, or any text
     * @throws IllegalArgumentException if what follows the prefix is no Base64; the message goes on from the setting's name
     */
    public OutcomeUrl(String url, String secret) {
        this.url = url;
        try {
            this.key = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("begins with " + PREFIX + ", and no Base64 follows");
        }
    }

    String url() {
        return url;
    }

    byte[] key() {
        return key;
    }
}
