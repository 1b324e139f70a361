package io.flexhandoff.command;

import com.fasterxml.jackson.databind.node.TextNode;
import io.flexhandoff.connect.Discovery.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The settings of a discovered org as lines of YAML. */
final class OrgLines {

    private OrgLines() {}

    /** A value, in quotes where it needs some. */
    static String text(String value) {
        return value.matches("[A-Za-z][A-Za-z0-9:/._-]*[A-Za-z0-9/]")
                ? value
                : TextNode.valueOf(value).toString();
    }

    static List<String> of(
            String org,
            String accountSid,
            DiscoverOptions options,
            boolean authToken,
            SecretPlaces secrets,
            Map<String, Found> settings) {
        List<String> lines = new ArrayList<>(List.of(org + ":", "  account-sid: " + accountSid));
        if (authToken) {
            lines.add("  " + secrets.line("auth-token", "auth-token"));
        }
        if (options.apiKey != null) {
            lines.add("  api-key-sid: " + text(options.apiKey));
            lines.add("  " + secrets.line("api-key-secret", "api-key-secret"));
        }
        if (options.oauthClient != null) {
            lines.add("  oauth-client-id: " + text(options.oauthClient));
            lines.add("  " + secrets.line("oauth-client-secret", "oauth-client-secret"));
        }
        if (options.signingKey != null) {
            lines.add(secrets.isFolder() ? "  signing-keys-file:" : "  signing-keys:");
            lines.add("    " + secrets.line(options.signingKey, "signing-key").replaceFirst("-file: ", ": "));
        }
        if (options.region != null && options.edge != null) {
            lines.add("  region: " + text(options.region));
            lines.add("  edge: " + text(options.edge));
        }
        settings.forEach((setting, found) -> {
            if (setting.equals("ai-worker.sid")) {
                lines.add("  ai-worker:");
                lines.add("    sid: " + commented(found));
            } else {
                lines.add("  " + setting + ": " + commented(found));
            }
        });
        lines.add("  api-keys:");
        lines.add("    " + secrets.line("events", "events-key"));
        lines.add("    " + secrets.line("operate", "operator-key"));
        lines.add("  " + secrets.line("webhook-token", "webhook-token"));
        return lines;
    }

    private static String commented(Found found) {
        return found.what().sid() + "   # " + found.what().label();
    }
}
