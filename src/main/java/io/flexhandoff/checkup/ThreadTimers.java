package io.flexhandoff.checkup;

import com.twilio.exception.TwilioException;
import com.twilio.rest.conversations.v1.Configuration;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Whether a timer closes threads while their calls go on. */
final class ThreadTimers {

    /** So long a call lasts at most unless it asks for more (Twilio documentation, Calls resource, {@code TimeLimit}). */
    private static final Duration CALL = Duration.ofHours(4);

    private ThreadTimers() {}

    /** A warning when one does; empty when none does, or the account does not tell. */
    static Optional<Outcome> tooShort(OrgInTwilio read) {
        Configuration timers;
        try {
            timers = read.conversations().orElse(null);
        } catch (TwilioException notTold) {
            return Optional.empty();
        }
        Duration closed = timers == null ? null : duration(timers.getDefaultClosedTimer());
        if (closed == null || closed.compareTo(CALL) >= 0) {
            return Optional.empty();
        }
        Duration inactive = duration(timers.getDefaultInactiveTimer());
        return Optional.of(Outcome.warning(
                "Conversations closes a thread after " + words(closed) + " in which nothing is written"
                        + (inactive == null ? "" : ", and has it inactive after " + words(inactive))
                        + "; a call may last " + words(CALL),
                "What is said or noted after a long silence, or while a rep has the caller, goes into a second thread, which the rep"
                        + " does not see by itself",
                "Set DefaultClosedTimer (POST https://conversations.twilio.com/v1/Configuration, or the state timers of Conversations"
                        + " in Twilio's console) to " + CALL + " or longer, or take it away"));
    }

    /** {@code null} for none, and for one that is counted in months or years, which no call outlasts. */
    private static Duration duration(String timer) {
        try {
            Duration duration = timer == null ? Duration.ZERO : Duration.parse(timer);
            return duration.isZero() ? null : duration;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String words(Duration duration) {
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
