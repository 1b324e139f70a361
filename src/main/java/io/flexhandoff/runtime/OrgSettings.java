package io.flexhandoff.runtime;

import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.ScopedKeys;
import io.flexhandoff.org.TwilioAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings that an org has, {@code handoff.orgs.<name>.*}, whatever they are read from. */
public final class OrgSettings {

    private static final String ORGS = "handoff.orgs.";
    private static final Pattern ORG = Pattern.compile("handoff\\.orgs\\.([^.]+)\\..+");

    private OrgSettings() {}

    /** Where the settings of orgs are; a setting is told by its whole name. */
    public interface Source {

        /** The value, {@code null} when it is not set. */
        String text(String name);

        /** Several values, {@code null} when it is not set. */
        List<String> list(String name);

        /** Values by what follows the name, none when it is not set. */
        Map<String, String> map(String name);
    }

    /** The orgs of settings that are plain properties. @param names of all settings @param value of one, or {@code null} */
    static Map<String, Org> orgs(Set<String> names, UnaryOperator<String> value) {
        return orgs(
                names.stream()
                        .map(ORG::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1))
                        .collect(Collectors.toSet()),
                new Properties(names, value));
    }

    /** @param orgs their names */
    public static Map<String, Org> orgs(Set<String> orgs, Source source) {
        return orgs.stream().collect(Collectors.toMap(Function.identity(), org -> org(ORGS + org + ".", source)));
    }

    private static Org org(String prefix, Source source) {
        UnaryOperator<String> setting = name -> source.text(prefix + name);
        return new Org(
                null,
                setting.apply("account-sid"),
                setting.apply("auth-token"),
                setting.apply("workspace-sid"),
                setting.apply("workflow-sid"),
                setting.apply("conversations-service-sid"),
                setting.apply("ai-queue-sid"),
                setting.apply("human-queue-sid"),
                source.list(prefix + "api-keys"),
                setting.apply("webhook-token"),
                new AiWorker(
                        setting.apply("ai-worker.sid"),
                        setting.apply("ai-worker.instruction"),
                        setting.apply("ai-worker.address")),
                setting.apply("thread-attribute"),
                new TwilioAccess(source.map(prefix + "signing-keys")),
                new ScopedKeys(source.list(prefix + "api-keys.events"), source.list(prefix + "api-keys.operate")));
    }

    /** Plain properties, in which a list is what stands between commas. */
    private record Properties(Set<String> names, UnaryOperator<String> value) implements Source {

        @Override
        public String text(String name) {
            return value.apply(name);
        }

        @Override
        public List<String> list(String name) {
            String items = value.apply(name);
            return items == null ? null : Arrays.asList(items.split("\\s*,\\s*"));
        }

        @Override
        public Map<String, String> map(String name) {
            String prefix = name + ".";
            return names.stream()
                    .filter(key -> key.startsWith(prefix))
                    .collect(Collectors.toMap(key -> key.substring(prefix.length()), value));
        }
    }
}
