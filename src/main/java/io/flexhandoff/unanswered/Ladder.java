package io.flexhandoff.unanswered;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an org does for a caller whom nobody answers.
 *
 * @param after how long a caller waits before each step, in order; the last again and again
 * @param steps what is done, in order: each is the route {@code direct:unanswered-<step>}; none when it is asked for by keys alone
 * @param aiUrl where {@link #BACK_TO_AI} sends the caller, or {@code null}
 * @param queue what {@link #OTHER_QUEUE} writes on the task for the workflow to route by, or {@code null}
 * @param workflowSid the workflow ({@code WW…}) that gets the tasks of {@link #CALLBACK} and {@link #VOICEMAIL}
 * @param taskChannel the channel of these tasks, by its unique name
 */
public record Ladder(
        List<Duration> after, List<String> steps, String aiUrl, String queue, String workflowSid, String taskChannel) {

    public static final String OTHER_QUEUE = "other-queue";
    public static final String BACK_TO_AI = "back-to-ai";
    public static final String CALLBACK = "callback";
    public static final String VOICEMAIL = "voicemail";

    /** Those that take the caller out of the queue, so that nothing can follow. */
    public static final Set<String> LAST = Set.of(BACK_TO_AI, CALLBACK, VOICEMAIL);

    /** How long a caller waits before a step. @param number counted from 1 */
    Duration before(int number) {
        return after.get(Math.min(number, after.size()) - 1);
    }

    /** @param number counted from 1 */
    String step(int number) {
        return steps.get(number - 1);
    }

    boolean has(int number) {
        return number >= 1 && number <= steps.size();
    }
}
