package io.flexhandoff.sandbox.twilio;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Twilio's identifiers: two letters for the kind of resource and 32 hexadecimal digits. */
final class Sids {

    private Sids() {}

    /** A new SID. */
    static String random(String kind) {
        return kind + digits(UUID.randomUUID());
    }

    /** The SID that follows from these names, always the same. */
    static String of(String kind, String... names) {
        byte[] seed = (kind + "/" + String.join("/", names)).getBytes(StandardCharsets.UTF_8);
        return kind + digits(UUID.nameUUIDFromBytes(seed));
    }

    private static String digits(UUID uuid) {
        return uuid.toString().replace("-", "");
    }
}
