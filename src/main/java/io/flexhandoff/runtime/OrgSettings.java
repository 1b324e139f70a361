package io.flexhandoff.runtime;

import io.flexhandoff.org.AiWorker;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.RelayFailure;
import io.flexhandoff.org.ScopedKeys;
import io.flexhandoff.org.TwilioAccess;
import io.flexhandoff.org.TwilioLogin;
import java.util.Arrays;
import java.util.HashMap;
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

    private static final Org NOTHING = new Org(null, null, null, null, null, null, null, null, null, null, null, null);

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

    /** Those of which something is set that makes an org; not one whose enrichment alone is, such as the sandbox's. @param orgs their names */
    public static Map<String, Org> orgs(Set<String> orgs, Source source) {
        Map<String, Org> configured =
                orgs.stream().collect(Collectors.toMap(Function.identity(), org -> org(ORGS + org + ".", source)));
        configured.values().removeIf(NOTHING::equals);
        return configured;
    }

    private static Org org(String prefix, Source source) {
        UnaryOperator<String> setting = name -> source.text(prefix + name);
        UnaryOperator<String> secret = name -> SecretFile.choose(
                prefix + name, source.text(prefix + name), source.text(prefix + name + SecretFile.SUFFIX));
        return new Org(
                null,
                setting.apply("account-sid"),
                secret.apply("auth-token"),
                setting.apply("workspace-sid"),
                setting.apply("workflow-sid"),
                setting.apply("conversations-service-sid"),
                setting.apply("ai-queue-sid"),
                setting.apply("human-queue-sid"),
                keys(prefix + "api-keys", source),
                secret.apply("webhook-token"),
                new AiWorker(
                        setting.apply("ai-worker.sid"),
                        setting.apply("ai-worker.instruction"),
                        setting.apply("ai-worker.address")),
                setting.apply("thread-attribute"),
                new TwilioAccess(
                        signingKeys(prefix + "signing-keys", source),
                        new TwilioLogin(
                                setting.apply("api-key-sid"),
                                secret.apply("api-key-secret"),
                                setting.apply("oauth-client-id"),
                                secret.apply("oauth-client-secret")),
                        setting.apply("region"),
                        setting.apply("edge")),
                new ScopedKeys(keys(prefix + "api-keys.events", source), keys(prefix + "api-keys.operate", source)),
                new RelayFailure(setting.apply("on-relay-failure"), setting.apply("relay-twiml")));
    }

    private static List<String> keys(String name, Source source) {
        List<String> keys = source.list(name);
        String file = SecretFile.choose(
                name, keys == null ? null : String.join(",", keys), source.text(name + SecretFile.SUFFIX));
        return keys == null && file != null ? Arrays.asList(file.strip().split("\\s*[,\n]\\s*")) : keys;
    }

    private static Map<String, String> signingKeys(String name, Source source) {
        Map<String, String> keys = new HashMap<>(source.map(name));
        source.map(name + SecretFile.SUFFIX).forEach((key, file) -> {
            String secret = SecretFile.choose(name + "." + key, keys.get(key), file);
            keys.put(key, secret);
        });
        return keys;
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
