package io.flexhandoff.runtime;

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

    /** What makes no sense of a setting begins its message with the setting's name. */
    private static final Pattern NAMED = Pattern.compile("(handoff\\.[a-z0-9.-]*[a-z0-9]).*", Pattern.DOTALL);

    /** Empty when the failure is not one of settings or route files: then its stack trace is all there is. */
    public static Optional<StartFailure> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        Stream<StartFailure> settings = causes.stream().map(StartFailure::ofSetting);
        Stream<StartFailure> routes = causes.stream()
                .filter(cause ->
                        cause instanceof FailedToCreateRouteException || cause instanceof FailedToStartRouteException)
                .map(cause -> new StartFailure(
                        "handoff.routes-dir", cause.getMessage().strip()));
        return Stream.concat(settings, routes).filter(Objects::nonNull).findFirst();
    }

    private static StartFailure ofSetting(Throwable cause) {
        Matcher named = NAMED.matcher(String.valueOf(cause.getMessage()));
        return named.matches() ? new StartFailure(named.group(1), named.group()) : null;
    }

    /** As an environment variable has it, such as {@code HANDOFF_HTTP_PORT}. */
    public String variable() {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
