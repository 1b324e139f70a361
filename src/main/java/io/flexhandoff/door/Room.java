package io.flexhandoff.door;

import java.time.Duration;
import java.util.List;

/**
 * The waiting room of an org.
 *
 * @param music URL of what is played between announcements, again and again
 * @param every the least time between two announcements
 * @param position whether the caller is told their place: Twilio counts the callers of a whole workflow
 * @param offers what a caller may have by a key in place of waiting on, the first by 1; each a step for callers whom nobody answers
 */
public record Room(String music, Duration every, boolean position, List<String> offers) {

    /** What a caller has asked for; {@code null} for nothing that there is. @param digits what they pressed */
    String offer(String digits) {
        return digits != null && digits.matches("[1-9]") && Integer.parseInt(digits) <= offers.size()
                ? offers.get(Integer.parseInt(digits) - 1)
                : null;
    }
}
