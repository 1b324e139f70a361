package io.flexhandoff.org;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What an org and its Twilio account trust each other by, beside the auth token.
 *
 * <p>Configured as {@code handoff.orgs.<name>.*}. {@link #toString()} shows no secret.
 *
 * @param signingKeys secrets of the shared keys that sign the org's webhooks, by the key's name as {@code
 *     X-Twilio-Webhooks-Signature-Settings} has it; several while one is replaced by another
 */
public record TwilioAccess(Map<String, String> signingKeys) {

    /** The auth token is all there is. */
    public static final TwilioAccess NONE = new TwilioAccess(null);

    public TwilioAccess {
        signingKeys = signingKeys == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(signingKeys));
    }

    /** The same with its secrets put right. @param put gives a secret as it should be, told its setting and how it is */
    TwilioAccess cleaned(BinaryOperator<String> put) {
        Map<String, String> keys = new TreeMap<>();
        signingKeys.forEach((name, secret) -> keys.put(name, put.apply("signing-keys." + name, secret)));
        return new TwilioAccess(keys);
    }

    /**
     * The secret of a signing key. Settings write its name as they can, environment variables in capitals and without hyphens: letters and
     * digits count, of whatever case.
     */
    public Optional<String> signingKey(String name) {
        return signingKeys.entrySet().stream()
                .filter(key -> uniform(key.getKey()).equals(uniform(name)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String uniform(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    void check(String prefix, List<String> problems) {
        long names = signingKeys.keySet().stream()
                .map(TwilioAccess::uniform)
                .distinct()
                .count();
        if (names < signingKeys.size()) {
            problems.add(prefix + "signing-keys has two keys whose names differ in case or signs alone: "
                    + String.join(", ", signingKeys.keySet()));
        }
        signingKeys.forEach((name, secret) -> {
            if (secret == null || secret.isBlank()) {
                problems.add(prefix + "signing-keys." + name + " is empty");
            }
        });
    }

    @Override
    public String toString() {
        return "TwilioAccess[signing keys " + signingKeys.keySet() + "]";
    }
}
