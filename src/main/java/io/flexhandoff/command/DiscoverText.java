package io.flexhandoff.command;

import io.flexhandoff.connect.Discovery.Found;
import io.flexhandoff.runtime.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What connect has discovered, for people: what was found, where it is written, and what comes next. */
final class DiscoverText {

    private static final Pattern PROFILE = Pattern.compile("application-(.+)\\.ya?ml");

    private final String org;
    private final String accountSid;
    private final DiscoverOptions options;
    private final OrgsFile file;
    private final Settings settings;

    /** @param file as it was before */
    DiscoverText(String org, String accountSid, DiscoverOptions options, OrgsFile file, Settings settings) {
        this.org = org;
        this.accountSid = accountSid;
        this.options = options;
        this.file = file;
        this.settings = settings;
    }

    /** @param unset environment variables that the file refers to */
    String of(Map<String, Found> found, List<String> unset) {
        Table table = new Table();
        found.forEach((setting, one) -> table.row(setting, one.what().toString(), one.why()));
        StringBuilder text = new StringBuilder(org + ", account " + accountSid + "\n\n" + table + "\n");
        text.append(file.exists() ? "Added to " : "Written to ").append(options.file);
        Set<String> others = file.orgs();
        if (!others.isEmpty()) {
            text.append(", beside ").append(String.join(", ", others));
        }
        text.append(".\n");
        if (options.secretsDir != null) {
            text.append("Its secrets are in ").append(options.secretsDir).append(": keep that folder to yourself.\n");
        }
        text.append("\nNext:\n\n");
        next(unset).forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private List<String> next(List<String> unset) {
        List<String> next = new ArrayList<>();
        Matcher profile = PROFILE.matcher(options.file.getFileName().toString());
        if (profile.matches() && !profiles().contains(profile.group(1))) {
            next.add("export SPRING_PROFILES_ACTIVE=" + profile.group(1));
        }
        if (!Path.of("config").equals(options.file.getParent())) {
            next.add("export SPRING_CONFIG_ADDITIONAL_LOCATION="
                    + Optional.ofNullable(options.file.toAbsolutePath().getParent())
                            .orElse(Path.of("/")) + "/");
        }
        for (String variable : unset) {
            boolean own = variable.matches(".*_(EVENTS_KEY|OPERATOR_KEY|WEBHOOK_TOKEN)");
            next.add("export " + variable + "=" + (own ? "$(openssl rand -hex 24)" : "..."));
        }
        next.add("connect " + org + " --apply");
        return next;
    }

    private List<String> profiles() {
        return List.of(settings.find("spring.profiles.active").orElse("").split("\\s*,\\s*"));
    }
}
