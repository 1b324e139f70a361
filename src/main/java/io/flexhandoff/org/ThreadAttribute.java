package io.flexhandoff.org;

import java.util.List;

/**
 * The name of the task attribute that holds the SID of a call's thread.
 *
 * <p>Flex (UI 2.17.1) takes a task with {@code conversationSid} for a chat as well: it adds the rep to the thread on accept, shows its
 * newest messages in a second tab, and neither wraps the task up nor completes it when the rep's client cannot read the thread. Under any
 * other name it leaves thread and task in peace.
 */
public final class ThreadAttribute {

    /** The name that Flex knows. */
    public static final String OF_FLEX = "conversationSid";

    /** A name that Flex does not know, for those who want one. */
    public static final String OF_OURS = "handoffThreadSid";

    private ThreadAttribute() {}

    /** Adds a problem for a name that would hide what Twilio, Flex or the handoff itself writes on a task. */
    static void check(String property, String name, List<String> problems) {
        boolean flexsOwn = name.equals("channelSid") || name.startsWith("flex");
        if (flexsOwn || !name.matches("[a-z][A-Za-z0-9]{0,59}Sid")) {
            problems.add(property + " is letters and digits that end with Sid, such as " + OF_FLEX + " or " + OF_OURS
                    + ", and none of Flex's own names: channelSid, flex…");
        }
    }
}
