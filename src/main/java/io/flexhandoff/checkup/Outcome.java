package io.flexhandoff.checkup;

/**
 * What a check found, in words for who looks after the contact center.
 *
 * @param found the symptom, or what was looked at and is well
 * @param cause the likely cause, {@code null} when nothing is wrong
 * @param fix what to do, with the Console's own names for places; {@code null} when nothing is wrong
 * @param told {@code false} when nobody knows, since Twilio did not answer
 */
public record Outcome(Status status, String found, String cause, String fix, boolean told) {

    static Outcome ok(String found) {
        return new Outcome(Status.OK, found, null, null, true);
    }

    static Outcome warning(String found, String cause, String fix) {
        return new Outcome(Status.WARNING, found, cause, fix, true);
    }

    static Outcome failed(String found, String cause, String fix) {
        return new Outcome(Status.FAILED, found, cause, fix, true);
    }

    /** There is nothing to look at, for this reason. */
    static Outcome skipped(String why) {
        return new Outcome(Status.SKIPPED, why, null, null, true);
    }

    static Outcome untold(String why, String cause, String fix) {
        return new Outcome(Status.SKIPPED, why, cause, fix, false);
    }
}
