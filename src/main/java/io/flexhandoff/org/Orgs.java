package io.flexhandoff.org;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configured orgs, checked once at start-up. */
public final class Orgs {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:{}]+)(:[^{}]*)?}");

    /** What is said of a name that no org can have. */
    public static final String NO_NAME = " is no name of an org, which is lower-case letters, digits and hyphens";

    /** Replaced as a whole when secrets have changed. */
    private volatile Map<String, Org> byName;

    /**
     * @param settings org settings by name, as read from {@code handoff.orgs.<name>.*}
     * @throws IllegalArgumentException naming every missing or malformed property
     */
    public Orgs(Map<String, Org> settings) {
        this(settings, Orgs::check);
    }

    private Orgs(Map<String, Org> settings, Check check) {
        this.byName = checked(settings, check);
    }

    /**
     * One org of which nothing is known yet but its account and what requests are made with.
     *
     * @throws IllegalArgumentException naming every missing or malformed property of those
     */
    public static Orgs toDiscover(String name, Org org) {
        return new Orgs(Map.of(name, org), (unused, cleaned, problems) -> {
            String prefix = "handoff.orgs." + name + ".";
            sid(prefix + "account-sid", "AC", cleaned.accountSid(), problems);
            cleaned.access().check(prefix, problems);
        });
    }

    /** What is asked of an org's settings. */
    private interface Check {
        void look(String name, Org org, List<String> problems);
    }

    private static Map<String, Org> checked(Map<String, Org> settings, Check check) {
        List<String> problems = new ArrayList<>();
        Map<String, Org> checked = new TreeMap<>();
        settings.forEach((name, org) -> {
            Org cleaned = cleaned(name, org, problems);
            check.look(name, cleaned, problems);
            checked.put(name, cleaned);
        });
        checkKeysAreUnique(checked, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return checked;
    }

    /**
     * Takes over the secrets of settings that were read again, all of them or none. What else has changed waits for the next start.
     *
     * @return the names of orgs whose secrets have changed
     * @throws IllegalArgumentException naming every missing or malformed property: what was known stays
     */
    public synchronized List<String> takeSecrets(Map<String, Org> settings) {
        Map<String, Org> read = checked(settings, Orgs::check);
        Map<String, Org> next = new TreeMap<>();
        byName.forEach((name, org) -> next.put(name, read.containsKey(name) ? org.withSecretsOf(read.get(name)) : org));
        List<String> problems = new ArrayList<>();
        checkKeysAreUnique(next, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Map<String, Org> before = byName;
        List<String> changed = next.keySet().stream()
                .filter(name -> !next.get(name).equals(before.get(name)))
                .toList();
        if (!changed.isEmpty()) {
            byName = next;
        }
        return changed;
    }

    private static Org cleaned(String name, Org org, List<String> problems) {
        String prefix = "handoff.orgs." + name + ".";
        return org.named(
                name,
                token(prefix + "auth-token", org.authToken(), problems),
                tokens(prefix + "api-keys", org.apiKeys(), problems),
                token(prefix + "webhook-token", org.webhookToken(), problems),
                org.access().cleaned((setting, value) -> token(prefix + setting, value, problems)),
                new ScopedKeys(
                        tokens(prefix + "api-keys.events", org.scopedKeys().events(), problems),
                        tokens(prefix + "api-keys.operate", org.scopedKeys().operate(), problems)));
    }

    private static List<String> tokens(String property, List<String> values, List<String> problems) {
        return values.stream().map(value -> token(property, value, problems)).toList();
    }

    private static String token(String property, String value, List<String> problems) {
        try {
            return Secret.token(property, value);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return value;
        }
    }

    /** @throws IllegalArgumentException unless an org can have the name */
    public static void checkName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("handoff.orgs: " + name + NO_NAME);
        }
    }

    private static void check(String name, Org org, List<String> problems) {
        String prefix = "handoff.orgs." + name + ".";
        try {
            checkName(name);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        sid(prefix + "account-sid", "AC", org.accountSid(), problems);
        sid(prefix + "workspace-sid", "WS", org.workspaceSid(), problems);
        sid(prefix + "workflow-sid", "WW", org.workflowSid(), problems);
        sid(prefix + "conversations-service-sid", "IS", org.conversationsServiceSid(), problems);
        checkAuthToken(prefix + "auth-token", org, problems);
        AiWorker ai = org.aiWorker();
        if (!dangles(prefix + "ai-worker.sid", ai.sid(), problems)
                && !dangles(prefix + "ai-worker.address", ai.address(), problems)) {
            ai.check(prefix + "ai-worker.", problems);
        }
        dangles(prefix + "webhook-token", org.webhookToken(), problems);
        org.access().signingKeys().forEach((key, secret) -> dangles(prefix + "signing-keys." + key, secret, problems));
        TwilioLogin login = org.access().login();
        boolean dangling = dangles(prefix + "api-key-sid", login.apiKeySid(), problems)
                | dangles(prefix + "api-key-secret", login.apiKeySecret(), problems)
                | dangles(prefix + "oauth-client-id", login.oauthClientId(), problems)
                | dangles(prefix + "oauth-client-secret", login.oauthClientSecret(), problems);
        if (!dangling) {
            org.access().check(prefix, problems);
        }
        if (!dangles(prefix + "thread-attribute", org.threadAttribute(), problems)) {
            ThreadAttribute.check(prefix + "thread-attribute", org.threadAttribute(), problems);
        }
        if (!dangles(prefix + "relay-twiml", org.relayFailure().twiml(), problems)) {
            org.relayFailure().check(prefix, problems);
        }
        org.apiKeys().forEach(key -> dangles(prefix + "api-keys", key, problems));
        org.scopedKeys().events().forEach(key -> dangles(prefix + "api-keys.events", key, problems));
        org.scopedKeys().operate().forEach(key -> dangles(prefix + "api-keys.operate", key, problems));
        if (org.keysFor(KeyScope.EVENTS).isEmpty() || org.allKeys().stream().anyMatch(String::isBlank)) {
            problems.add(prefix + "api-keys.events needs at least one key, none of them blank");
        }
    }

    private static void checkKeysAreUnique(Map<String, Org> orgs, List<String> problems) {
        Map<String, String> owners = new HashMap<>();
        for (Org org : orgs.values()) {
            for (String key : org.allKeys()) {
                String other = owners.put(key, org.name());
                if (other != null) {
                    problems.add("handoff.orgs." + org.name() + ".api-keys has a key of handoff.orgs." + other);
                }
            }
        }
    }

    private static void checkAuthToken(String property, Org org, List<String> problems) {
        boolean sends = org.access().login().isGiven();
        boolean verifies = !org.access().signingKeys().isEmpty();
        if (org.authToken() != null) {
            dangles(property, org.authToken(), problems);
        } else if (sends && !verifies) {
            problems.add(property + " is missing, and so are signing-keys: one of them tells what Twilio signed");
        } else if (verifies && !sends) {
            problems.add(property
                    + " is missing, and so are api-key-sid and oauth-client-id: one of them is what requests to Twilio"
                    + " are made with");
        } else if (!sends) {
            problems.add(property + " is missing");
        }
    }

    /** A secret that is not there: what refers to it would be taken for the secret itself. */
    private static boolean dangles(String property, String value, List<String> problems) {
        Matcher reference = REFERENCE.matcher(value == null ? "" : value.strip());
        if (reference.matches()) {
            problems.add(
                    property + " refers to " + reference.group(1) + ", which no environment variable and no file sets");
        }
        return reference.matches();
    }

    private static void sid(String property, String prefix, String value, List<String> problems) {
        if (value == null || value.isBlank()) {
            problems.add(property + " is missing");
        } else if (!dangles(property, value, problems) && !value.matches(prefix + "[0-9a-fA-F]{32}")) {
            problems.add(property + " is not a SID of the form " + prefix + " and 32 hexadecimal digits");
        }
    }

    /** The org of that name, if there is one. */
    public Optional<Org> find(String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(byName.get(name));
    }

    /**
     * The org of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Org get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("No org named '" + name + "' is configured"));
    }

    /** All orgs, by name. */
    public Collection<Org> all() {
        return byName.values();
    }

    /**
     * What an API key opens.
     *
     * @param org whose key it is
     */
    public record Opened(Org org, Set<KeyScope> scopes) {}

    /** What this API key opens; keys are compared in constant time. */
    public Optional<Opened> ofApiKey(String key) {
        byte[] presented = key.getBytes(StandardCharsets.UTF_8);
        Org owner = null;
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        for (Org org : byName.values()) {
            for (KeyScope scope : KeyScope.values()) {
                for (String candidate : org.keysFor(scope)) {
                    if (MessageDigest.isEqual(presented, candidate.getBytes(StandardCharsets.UTF_8))) {
                        owner = org;
                        scopes.add(scope);
                    }
                }
            }
        }
        return Optional.ofNullable(owner).map(org -> new Opened(org, scopes));
    }
}
