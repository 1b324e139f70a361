package io.flexhandoff.runtime;

import io.flexhandoff.org.OrgFields;
import io.flexhandoff.org.SimilarName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of the settings {@code handoff.*}: those of {@code config/application.yaml}, and those of orgs. One that is misspelt would be
 * ignored without a word.
 */
public final class SettingNames {

    private static final Logger LOG = LoggerFactory.getLogger(SettingNames.class);

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    /** What is said of a setting that means nothing. */
    static final String UNKNOWN = ": there is no such setting";

    /** May stand in a file. */
    private static final Pattern SECRET = Pattern.compile("\\.(password|api-key)$");

    private static final List<String> KNOWN = known();

    private static final Set<String> UNIFORM =
            KNOWN.stream().map(SettingNames::uniform).collect(Collectors.toUnmodifiableSet());

    private static final String PREFIX = "handoff.";
    private static final String ORGS = "handoff.orgs.";

    /** Letters of an environment variable that are other than a setting has them, for it to be meant as one. */
    private static final int MISSPELT = 2;

    private SettingNames() {}

    /**
     * @param settings names of settings, those of others among them
     * @throws IllegalArgumentException naming those that mean nothing, and what may have been meant
     */
    public static void check(Stream<String> settings) {
        List<String> names = settings.filter(name -> name.startsWith(PREFIX)).toList();
        OrgFields.check(names.stream());
        refuse(unknown(names));
    }

    /**
     * As {@link #check}, of the environment: it may have variables that begin with {@code HANDOFF_} and are meant for others, such as
     * Kubernetes' of a service. Of one that is not like a setting the log is told, once: settings are read again when secrets are.
     *
     * @param settings as names of settings, such as {@code handoff.http.port} of {@code HANDOFF_HTTP_PORT}
     */
    public static void checkVariables(Stream<String> settings) {
        List<String> names = settings.filter(name -> name.startsWith(PREFIX)).toList();
        OrgFields.check(names.stream());
        Set<String> unknown = unknown(names);
        List<String> others = unknown.stream()
                .filter(name ->
                        UNIFORM.stream().noneMatch(known -> SimilarName.distance(uniform(name), known) <= MISSPELT))
                .toList();
        others.stream()
                .filter(TOLD::add)
                .forEach(name -> LOG.warn(
                        "The environment variable {} sets nothing: there is no setting {}",
                        name.replace('.', '_').toUpperCase(Locale.ROOT),
                        name));
        others.forEach(unknown::remove);
        refuse(unknown);
    }

    private static void refuse(Set<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(unknown.stream()
                    .map(name -> name
                            + UNKNOWN
                            + meant(name)
                                    .map(other -> ", did you mean " + other + "?")
                                    .orElse(""))
                    .collect(Collectors.joining("; ")));
        }
    }

    private static Optional<String> meant(String name) {
        return KNOWN.stream()
                .filter(known -> known.startsWith(name + "."))
                .findFirst()
                .or(() -> SimilarName.of(name, KNOWN.stream()));
    }

    private static Set<String> unknown(List<String> names) {
        return names.stream()
                .filter(name -> !name.startsWith(ORGS) && !UNIFORM.contains(uniform(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> known() {
        try {
            return Stream.concat(Defaults.load().stringPropertyNames().stream(), Stream.of(PlainMain.SETTINGS))
                    .flatMap(name ->
                            SECRET.matcher(name).find() ? Stream.of(name, name + SecretFile.SUFFIX) : Stream.of(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what environment variables cannot have, and the index of a list's item. */
    private static String uniform(String name) {
        return name.replaceAll("\\[\\d+]$", "").replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
