package io.flexhandoff.runtime;

import io.flexhandoff.org.OrgFields;
import io.flexhandoff.org.Orgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/**
 * What an operator is told of a start that failed, whatever the runtime has wrapped around it.
 *
 * @param setting the setting to look at, such as {@code handoff.http.port}
 * @param words what is wrong, in the words of whoever found it; no secret
 */
public record StartFailure(String setting, String words) {

    private static final Pattern DANGLING =
            Pattern.compile("refers to (\\S+), which|Could not resolve placeholder '([^']+)'");
    private static final Pattern OF_HYPHENATED_ORG = Pattern.compile("handoff\\.orgs\\.[^.]*-[^.]*\\..*");
    private static final String ROUTES = "handoff.routes-dir";
    private static final String MOUNTED = "SPRING_CONFIG_IMPORT=configtree:/the/folder/";

    /** What is said of a setting of Spring Boot that would not do what one expects of it. */
    public static final String OF_SPRING = ": neither port is set by that name here";

    /** What makes no sense of a setting begins its message with the setting's name. */
    private static final Pattern NAMED = Pattern.compile(
            "((?:handoff|camel\\.main|camel\\.springboot)\\.[A-Za-z0-9.-]*[A-Za-z0-9](?:\\[\\d+])?|(?:management\\.)?server\\.(?:port|address)).*",
            Pattern.DOTALL);

    /**
     * Empty when the failure is not one of settings or route files: then its stack trace is all there is.
     *
     * @param routesDir value of {@code handoff.routes-dir}
     */
    public static Optional<StartFailure> of(Throwable failure, String routesDir) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        Stream<StartFailure> settings = causes.stream().map(StartFailure::ofSetting);
        Stream<StartFailure> routes = causes.stream()
                .filter(cause ->
                        cause instanceof FailedToCreateRouteException || cause instanceof FailedToStartRouteException)
                .map(cause -> new StartFailure(
                        ROUTES,
                        BrokenRoute.words(cause, routesDir)
                                .map(words -> ROUTES + ": " + words)
                                .orElseGet(() -> cause.getMessage().strip())));
        return Stream.concat(settings, routes).filter(Objects::nonNull).findFirst();
    }

    private static StartFailure ofSetting(Throwable cause) {
        Matcher named = NAMED.matcher(String.valueOf(cause.getMessage()));
        return named.matches() ? new StartFailure(named.group(1), named.group()) : null;
    }

    /** What to do, such that it helps. */
    public String advice() {
        Matcher dangling = DANGLING.matcher(words);
        if (dangling.find()) {
            String name = dangling.group(1) == null ? dangling.group(2) : dangling.group(1);
            return "Set the environment variable " + name + ", or mount a file of that name: " + MOUNTED + ".";
        }
        if (words.contains(OrgFields.UNKNOWN) || words.contains(Orgs.NO_NAME)) {
            return "Take " + setting
                    + " out or name it as config/orgs.example.yaml does, wherever it is set: in config, in a mounted"
                    + " file, or in the environment.";
        }
        if (words.contains(SettingNames.UNKNOWN)) {
            return "Take " + setting
                    + " out or name it as config/application.yaml does, wherever it is set: in config, in a mounted"
                    + " file, in the environment, or on the command line.";
        }
        if (words.contains(OF_SPRING)) {
            return "Take " + setting + " out, which may be set as the environment variable " + variable(setting, "")
                    + ". The API's port and address are handoff.http.port and handoff.http.host (HANDOFF_HTTP_PORT,"
                    + " HANDOFF_HTTP_HOST); those of health, metrics and Hawtio are handoff.management.port and"
                    + " handoff.management.address (HANDOFF_MANAGEMENT_PORT, HANDOFF_MANAGEMENT_ADDRESS).";
        }
        if (setting.equals("spring.config.location")) {
            return "Mend that file, or take it out of the folder.";
        }
        if (setting.equals(ROUTES)) {
            return "Mend the file, or take it out of the folder that handoff.routes-dir names.";
        }
        String look = "Look at " + setting
                + ": in config/application.yaml or config/application-<profile>.yaml, in a mounted file of"
                + " that name (" + MOUNTED + ")";
        // a variable has no hyphen, and would make another org
        return OF_HYPHENATED_ORG.matcher(setting).matches()
                ? look
                        + "; not as an environment variable, which cannot name an org with a hyphen. One that the file refers to"
                        + " can: " + setting.replaceFirst(".*\\.", "") + ": ${"
                        + variable(setting.replaceFirst("handoff\\.orgs\\.", ""), "_")
                        + "}."
                : look + ", or as the environment variable " + variable(setting, "") + ".";
    }

    /** As an environment variable has it, such as {@code HANDOFF_HTTP_PORT}. */
    private static String variable(String setting, String hyphen) {
        return setting.replace("-", hyphen)
                .replace("[", "_")
                .replace("]", "")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }
}
