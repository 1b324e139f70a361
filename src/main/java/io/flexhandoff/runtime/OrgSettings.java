package io.flexhandoff.runtime;

import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The orgs of settings that are plain properties: {@code handoff.orgs.<name>.*}. */
final class OrgSettings {

    private static final Pattern ORG = Pattern.compile("handoff\\.orgs\\.([^.]+)\\..+");

    private OrgSettings() {}

    /** @param names of all settings @param value of one, or {@code null} */
    static Map<String, Org> orgs(Set<String> names, UnaryOperator<String> value) {
        return names.stream()
                .map(ORG::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .collect(Collectors.toMap(
                        Function.identity(), name -> org(key -> value.apply("handoff.orgs." + name + "." + key))));
    }

    private static Org org(UnaryOperator<String> setting) {
        String keys = setting.apply("api-keys");
        return new Org(
                null,
                setting.apply("account-sid"),
                setting.apply("auth-token"),
                setting.apply("workspace-sid"),
                setting.apply("workflow-sid"),
                setting.apply("conversations-service-sid"),
                setting.apply("ai-queue-sid"),
                setting.apply("human-queue-sid"),
                keys == null ? null : Arrays.asList(keys.split("\\s*,\\s*")),
                setting.apply("webhook-token"),
                new AiWorker(
                        setting.apply("ai-worker.sid"),
                        setting.apply("ai-worker.instruction"),
                        setting.apply("ai-worker.address")),
                setting.apply("thread-attribute"));
    }
}
