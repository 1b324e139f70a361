package io.flexhandoff.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.connect.AccountContents;
import io.flexhandoff.connect.Discovery;
import io.flexhandoff.connect.NamedSid;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.flexhandoff.org.TwilioAccess;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.twilio.TwilioClients;
import io.flexhandoff.twilio.TwilioFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code connect --discover}: an org that is not configured yet is looked up in its account, and its settings are written. */
final class Discover {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IN_THE_WAY = 1;

    /** Keys that are the org's own, not Twilio's. */
    private static final List<String> OWN = List.of("events-key", "operator-key", "webhook-token");

    private final String org;
    private final DiscoverOptions options;
    private final Settings settings;
    private final Terminal terminal;
    private final SecretPlaces secrets;
    private final PrintWriter out;
    private final PrintWriter err;
    private final List<String> missing = new ArrayList<>();
    private final Map<String, String> typed = new LinkedHashMap<>();

    Discover(Commands commands, String org, DiscoverOptions options, PrintWriter out, PrintWriter err) {
        Orgs.checkName(org);
        if (options.signingKey != null && !options.signingKey.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("--signing-key: a name of letters, digits, hyphens and underscores");
        }
        this.org = org;
        this.options = options;
        this.settings = commands.settings();
        this.terminal = commands.terminal();
        this.secrets = new SecretPlaces(org, options.secretsDir, settings);
        this.out = out;
        this.err = err;
    }

    /** Gives the exit code. */
    int run(boolean json) throws IOException {
        OrgsFile file = OrgsFile.read(options.file);
        if (file.orgs().contains(org)) {
            err.println(options.file + " has " + org + " already, and is left as it is. connect " + org
                    + " --plan tells which SIDs in it are wrong, and those that there are; to look it up anew take "
                    + org
                    + " out of the file, or name another with --file.");
            return IN_THE_WAY;
        }
        String accountSid = given("--account", options.account, "SID of the Twilio account (AC...): ");
        Org account = account(accountSid);
        String publicUrl = publicUrl(file);
        if (accountSid == null || !hasSecret(account)) {
            return refuse(missing, Commands.COULD_NOT_TELL);
        }
        Discovery.Result found;
        try (TwilioClients clients = CommandRuntime.twilio(settings, Orgs.toDiscover(org, account))) {
            found = new Discovery(
                            new AccountContents(clients.forOrg(org)),
                            account.access().login(),
                            options.sids(),
                            terminal == null ? null : this::choose)
                    .run();
        } catch (TwilioFailure failure) {
            err.println(words(failure, account));
            return Commands.COULD_NOT_TELL;
        }
        missing.addAll(found.problems());
        if (!missing.isEmpty()) {
            return refuse(missing, IN_THE_WAY);
        }
        String written = file.with(
                OrgLines.of(org, accountSid, options, account.authToken() != null, secrets, found.settings()),
                publicUrl);
        List<String> unset = secrets.keep(typed, OWN);
        file.write(written);
        DiscoverText text = new DiscoverText(org, accountSid, options, file, settings);
        if (json) {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(found, unset)));
        } else {
            out.print(text.of(found.settings(), unset));
            out.flush();
        }
        return 0;
    }

    private static boolean hasSecret(Org account) {
        TwilioLogin login = account.access().login();
        return login.isGiven()
                ? login.apiKeySecret() != null || login.oauthClientSecret() != null
                : account.authToken() != null;
    }

    private int refuse(List<String> problems, int code) {
        problems.forEach(err::println);
        err.println("Nothing was written.");
        return code;
    }

    private ObjectNode json(Discovery.Result found, List<String> unset) {
        ObjectNode answer = JSON.createObjectNode().put("org", org).put("file", options.file.toString());
        ObjectNode all = answer.putObject("settings");
        found.settings().forEach((setting, one) -> all.putObject(setting)
                .put("sid", one.what().sid())
                .put("name", one.what().label())
                .put("why", one.why()));
        answer.set("unsetVariables", JSON.valueToTree(unset));
        return answer;
    }

    /** With what is known of it; what is missing is noted. */
    private Org account(String accountSid) throws IOException {
        boolean login = options.apiKey != null || options.oauthClient != null;
        String authToken = login ? secrets.find("auth-token").orElse(null) : secret("auth-token", "the auth token");
        String keySecret = options.apiKey == null ? null : secret("api-key-secret", "the secret of " + options.apiKey);
        String clientSecret = options.oauthClient == null ? null : secret("oauth-client-secret", "the client's secret");
        if (options.signingKey != null) {
            secret("signing-key", "the secret of the signing key " + options.signingKey);
        } else if (login && authToken == null) {
            missing.add("--signing-key: without the auth token there must be a key that signs what Twilio calls, see"
                    + " Credentials in src/docs/connect.md");
        }
        return new Org(
                null,
                accountSid,
                authToken,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new TwilioAccess(
                        null,
                        new TwilioLogin(options.apiKey, keySecret, options.oauthClient, clientSecret),
                        options.region,
                        options.edge),
                null,
                null);
    }

    private String given(String option, String value, String question) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .or(() -> terminal == null ? Optional.empty() : terminal.ask(question))
                .filter(answer -> !answer.isEmpty())
                .orElseGet(() -> {
                    missing.add(option + " is not given, and there is no terminal to ask at");
                    return null;
                });
    }

    private String secret(String name, String words) throws IOException {
        Optional<String> known = secrets.find(name);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> answer = terminal == null
                ? Optional.empty()
                : terminal.askSecretly(
                                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + " (not shown): ")
                        .filter(text -> !text.isEmpty());
        answer.ifPresent(text -> typed.put(name, text));
        if (answer.isEmpty()) {
            missing.add(secrets.place(name) + " is not "
                    + (secrets.isFolder() ? "there: write " + words + " into it" : "set: export " + words));
        }
        return answer.orElse(null);
    }

    /** {@code null} when it is set already, or missing. */
    private String publicUrl(OrgsFile file) {
        Optional<String> set = file.publicUrl().or(settings::publicUrl);
        if (set.isPresent() && options.publicUrl == null) {
            return null;
        }
        String url = given(
                "--public-url",
                options.publicUrl,
                "Address under which Twilio will reach the application (https://...): ");
        if (url == null) {
            return null;
        }
        if (file.publicUrl().isPresent() && !file.publicUrl().get().equals(url)) {
            missing.add(
                    "--public-url: " + options.file + " has " + file.publicUrl().get() + " already");
        }
        try {
            return new Settings(name -> url)
                    .publicUrl()
                    .map(OrgLines::text)
                    .filter(same -> file.publicUrl().isEmpty())
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            missing.add(String.valueOf(e.getMessage()).replaceFirst("handoff.public-url", "--public-url"));
            return null;
        }
    }

    private Optional<NamedSid> choose(String setting, List<NamedSid> among, boolean none) {
        err.println(setting + (none ? ", only when calls come through Flex to the AI as a worker" : "") + ":");
        if (none) {
            err.println("  0  none");
        }
        for (int i = 0; i < among.size(); i++) {
            err.println("  " + (i + 1) + "  " + among.get(i));
        }
        err.flush();
        while (true) {
            String answer = terminal.ask("Which one? ")
                    .orElseThrow(() -> new IllegalStateException(setting + " was not chosen. Nothing was written."));
            if (none && (answer.isEmpty() || answer.equals("0"))) {
                return Optional.empty();
            }
            if (answer.matches("\\d{1,4}")
                    && Integer.parseInt(answer) >= 1
                    && Integer.parseInt(answer) <= among.size()) {
                return Optional.of(among.get(Integer.parseInt(answer) - 1));
            }
            err.println("A number from " + (none ? 0 : 1) + " to " + among.size());
        }
    }

    private static String words(TwilioFailure failure, Org account) {
        if (!failure.isNotAllowed()) {
            return "Twilio does not answer: " + failure.getMessage() + ". Nothing was written.";
        }
        TwilioLogin login = account.access().login();
        return "Twilio refuses " + (login.isGiven() ? login.toString() : "the auth token") + " for account "
                + account.accountSid() + ": " + failure.getMessage()
                + ". Copy both anew from the Console's account dashboard; a subaccount, and a region, have their own."
                + " Nothing was written.";
    }
}
