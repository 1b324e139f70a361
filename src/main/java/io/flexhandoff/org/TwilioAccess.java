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
 * @param login what requests are made with, {@link TwilioLogin#NONE} for the auth token
 * @param region that processes what is asked, such as {@code ie1}; {@code null} for Twilio's own choice, {@code us1}
 * @param edge by which the region is reached, such as {@code dublin}; {@code null} with the region
 */
public record TwilioAccess(Map<String, String> signingKeys, TwilioLogin login, String region, String edge) {

    /** The auth token is all there is. */
    public static final TwilioAccess NONE = new TwilioAccess(null, null, null, null);

    public TwilioAccess {
        signingKeys = signingKeys == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(signingKeys));
        login = login == null ? TwilioLogin.NONE : login;
        region = AiWorker.textOrNull(region);
        edge = AiWorker.textOrNull(edge);
    }

    /** The same with its secrets put right. @param put gives a secret as it should be, told its setting and how it is */
    TwilioAccess cleaned(BinaryOperator<String> put) {
        Map<String, String> keys = new TreeMap<>();
        signingKeys.forEach((name, secret) -> keys.put(name, put.apply("signing-keys." + name, secret)));
        return new TwilioAccess(keys, login.cleaned(put), region, edge);
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
        login.check(prefix, problems);
        TwilioLogin.together(prefix, "region", region, "edge", edge, problems);
        if (region != null && !region.matches("[a-z]{2}\\d")) {
            problems.add(prefix + "region must be such as ie1 or au1");
        }
        if (edge != null && !edge.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            problems.add(prefix + "edge must be such as dublin or sydney");
        }
    }

    /** The same with the secrets of another, and what they belong to. */
    TwilioAccess withSecretsOf(TwilioAccess other) {
        return new TwilioAccess(other.signingKeys, other.login, region, edge);
    }

    @Override
    public String toString() {
        return "TwilioAccess[signing keys " + signingKeys.keySet() + ", " + login + "]";
    }
}
