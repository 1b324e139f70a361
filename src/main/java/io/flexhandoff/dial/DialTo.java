package io.flexhandoff.dial;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Whom an org's callers are connected with.
 *
 * @param to a phone number in E.164 or a SIP URI
 * @param callerId what is shown there; {@code null} for the caller's number
 * @param timeout how long it rings
 */
public record DialTo(String to, String callerId, Duration timeout) {

    /** Longest SIP URI, in characters, without headers (Twilio documentation, "TwiML Voice: Sip"). */
    private static final int LONGEST = 255;

    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern SIP = Pattern.compile("(?i)sips?:[^@\\s?<>\"]+@[a-z0-9.:\\[\\]-]+(;[^@\\s?<>\"]+)?");
    /** What Twilio takes as the caller of a SIP call. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9+._-]+");

    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(600);

    /** @throws IllegalArgumentException naming what makes no sense: {@code to}, {@code caller-id} or {@code timeout}, and why */
    public DialTo {
        if (!NUMBER.matcher(to).matches() && (!SIP.matcher(to).matches() || to.length() >= LONGEST)) {
            throw new IllegalArgumentException(
                    "to must be a phone number such as +14155550100, or a SIP address such as"
                            + " sip:service@pbx.example.com, without headers and shorter than " + LONGEST
                            + " characters, not '" + to
                            + "'");
        }
        Pattern shown = to.startsWith("+") ? NUMBER : NAME;
        if (callerId != null && !shown.matcher(callerId).matches()) {
            throw new IllegalArgumentException("caller-id must be "
                    + (to.startsWith("+") ? "a phone number such as +14155550100" : "letters, digits and + - _ . only")
                    + ", not '" + callerId + "'");
        }
        if (timeout.toSeconds() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be 1s to " + LONGEST_TIMEOUT.toSeconds() + "s");
        }
    }

    /** Whether it is a SIP address, and no phone number. */
    boolean isSip() {
        return !to.startsWith("+");
    }
}
