package io.flexhandoff.org;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that settings of an org have; one that is misspelt would be ignored without a word. */
public final class OrgFields {

    private static final Pattern SIGNING_KEY = Pattern.compile("(?i)signing-?keys(-?file)?[.\\[].+");
    private static final Pattern SETTING = Pattern.compile("handoff\\.orgs\\.[^.]+\\.(.+)");

    private static final List<String> NAMES = List.of(
            "account-sid",
            "auth-token",
            "auth-token-file",
            "api-key-sid",
            "api-key-secret",
            "api-key-secret-file",
            "oauth-client-id",
            "oauth-client-secret",
            "oauth-client-secret-file",
            "region",
            "edge",
            "workspace-sid",
            "workflow-sid",
            "conversations-service-sid",
            "ai-queue-sid",
            "human-queue-sid",
            "api-keys",
            "api-keys.events",
            "api-keys.operate",
            "api-keys-file",
            "api-keys.events-file",
            "api-keys.operate-file",
            "webhook-token",
            "webhook-token-file",
            "thread-attribute",
            "transfer-target",
            "dial.to",
            "dial.caller-id",
            "dial.timeout",
            "on-relay-failure",
            "relay-twiml",
            "ai-worker.sid",
            "ai-worker.instruction",
            "ai-worker.address",
            "enrichment.default-language",
            "enrichment.note-language",
            "enrichment.llm.base-url",
            "enrichment.llm.model",
            "enrichment.llm.api-key",
            "enrichment.llm.api-key-file",
            "outcome-url",
            "outcome-secret",
            "outcome-secret-file",
            "waiting.music",
            "waiting.every",
            "waiting.position",
            "waiting.offers",
            "unanswered.after",
            "unanswered.steps",
            "unanswered.queue",
            "unanswered.ai-url",
            "unanswered.workflow-sid",
            "unanswered.task-channel");

    private static final Set<String> KNOWN =
            NAMES.stream().map(OrgFields::uniform).collect(Collectors.toUnmodifiableSet());

    /** What is said of a setting that means nothing. */
    public static final String UNKNOWN = ": no org has such a setting";

    private OrgFields() {}

    /**
     * @param settings names of settings, those of others among them
     * @throws IllegalArgumentException naming those of orgs that mean nothing
     */
    public static void check(Stream<String> settings) {
        List<String> unknown = settings.filter(name -> {
                    var ofOrg = SETTING.matcher(name);
                    return ofOrg.matches() && !isKnown(ofOrg.group(1));
                })
                .map(name -> name + SimilarName.words(name, NAMES.stream().map(known -> prefix(name) + known)))
                .distinct()
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", unknown) + UNKNOWN + "; config/orgs.example.yaml shows those there are");
        }
    }

    private static boolean isKnown(String field) {
        return KNOWN.contains(uniform(field)) || SIGNING_KEY.matcher(field).matches();
    }

    private static String prefix(String name) {
        return name.replaceFirst("^(handoff\\.orgs\\.[^.]+\\.).*", "$1");
    }

    /** Without what environment variables cannot have, and the index of a list's item. */
    private static String uniform(String field) {
        return field.replaceAll("[^A-Za-z0-9]", "").replaceFirst("\\d+$", "").toLowerCase(Locale.ROOT);
    }
}
