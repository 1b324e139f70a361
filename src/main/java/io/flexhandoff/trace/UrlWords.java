package io.flexhandoff.trace;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be told of a URL: user and password, path, query and fragment may each hold a secret. */
public final class UrlWords {

    private static final Pattern URL = Pattern.compile(
            "([a-z][a-z0-9+.-]*://)(?:[^/?#\\s]*@)?([^/@?#:\\s]+|\\[[0-9a-f:.]+])(:\\d*)?(?![^/?#])(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern IN_TEXT =
            Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s\"'<>]+|\\bsips?:[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern TWILIOS_OWN = Pattern.compile("https://www\\.twilio\\.com/docs/[\\w/.-]*");

    private UrlWords() {}

    /** Such as {@code crm.example.com:8443}; empty when the URL cannot be read. */
    public static Optional<String> host(String url) {
        return read(url).map(read -> read.group(2) + (read.group(3) == null ? "" : read.group(3)));
    }

    /** Such as {@code https://crm.example.com/...}; empty when the URL cannot be read. */
    public static Optional<String> shortened(String url) {
        return read(url)
                .map(read ->
                        read.group(1) + host(url).orElseThrow() + (read.group(4).isEmpty() ? "" : "/..."));
    }

    /** A text of another system, with no more of each URL in it. */
    public static String in(String text) {
        return IN_TEXT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        TWILIOS_OWN.matcher(found.group()).matches()
                                ? found.group()
                                : shortened(found.group()).orElse(found.group().replaceFirst("(?s):.*", ":..."))));
    }

    /** Why Java, and with it Twilio's SDK, takes a text for no URI at all; empty when it does not. */
    public static Optional<String> flaw(String url) {
        try {
            new URI(url);
            return Optional.empty();
        } catch (URISyntaxException e) {
            int at = e.getIndex();
            if (at < 0 || at >= url.length()) {
                return Optional.of("is no URL");
            }
            String character = new String(Character.toChars(url.codePointAt(at)));
            String encoded =
                    URLEncoder.encode(character, StandardCharsets.UTF_8).replace("+", "%20");
            return Optional.of("has at its character " + (at + 1) + " what no URL may have"
                    + (encoded.equals(character) ? "" : " there; encoded it is " + encoded));
        }
    }

    private static Optional<MatchResult> read(String url) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }
}
