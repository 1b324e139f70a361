package io.flexhandoff.connect;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something in an account, as one finds it in the Console.
 *
 * @param sid such as {@code WW…}
 * @param name which an administrator gave it
 */
public record NamedSid(String sid, String name) {

    private static final int LISTED = 20;

    /** Several on one line, at most twenty of them. */
    static String words(List<NamedSid> all) {
        return all.stream().limit(LISTED).map(NamedSid::toString).collect(Collectors.joining(", "))
                + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " more" : "");
    }

    /** The name, on one line. */
    public String label() {
        return name.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    /** {@code Name (SID)}, on one line. */
    @Override
    public String toString() {
        return label() + " (" + sid + ")";
    }
}
