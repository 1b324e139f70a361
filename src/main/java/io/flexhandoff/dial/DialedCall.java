package io.flexhandoff.dial;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The call that a URL of ours is about, all of which stands in the URL: Twilio asks some of them for the line that was dialed, not for the
 * caller's.
 *
 * @param callSid the caller's
 * @param decision which handoff of the call it is, {@code null} for the latest
 * @param language of the caller, a BCP-47 tag
 * @param noteLanguage in which the note is written
 */
public record DialedCall(String callSid, Integer decision, String language, String noteLanguage) {

    static final String NOTE = "note";
    static final String ANSWERED = "answered";
    static final String OVER = "over";

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern CALLBACK =
            Pattern.compile("dial/(CA[0-9a-fA-F]{32})/(\\d{1,6})/([A-Za-z0-9-]{1,40})/([A-Za-z0-9-]{1,40})/[a-z]+");

    public DialedCall {
        language = spoken(language);
        noteLanguage = spoken(noteLanguage);
    }

    private static String spoken(String language) {
        return language != null && LANGUAGE.matcher(language).matches() ? language : "en";
    }

    /** What follows the webhook token in the URL of one of the three. */
    String callback(String which) {
        return String.join(
                "/",
                "dial",
                callSid,
                Integer.toString(Objects.requireNonNullElse(decision, 0)),
                language,
                noteLanguage,
                which);
    }

    /** @throws IllegalArgumentException if the URL is none of ours */
    static DialedCall of(String callback) {
        Matcher url = CALLBACK.matcher(callback);
        if (!url.matches()) {
            throw new IllegalArgumentException("There is no such door");
        }
        int decision = Integer.parseInt(url.group(2));
        return new DialedCall(url.group(1), decision == 0 ? null : decision, url.group(3), url.group(4));
    }
}
