package io.flexhandoff.connect;

import io.flexhandoff.door.StreamedEvents;
import java.util.List;

/** The events of Twilio that a handoff lives on. */
public final class RequiredEvents {

    /** TaskRouter's, by which a handoff learns of its task and rep (an element of a workspace's EventsFilter each). */
    public static final List<String> TASKROUTER = List.of(
            "task.created",
            "task.canceled",
            "task.wrapup",
            "task.completed",
            "task.deleted",
            "task.system-deleted",
            "workflow.timeout",
            "reservation.created",
            "reservation.accepted");

    /** The same as Event Streams names them. */
    public static final List<String> STREAMED =
            TASKROUTER.stream().map(StreamedEvents.TASKROUTER::concat).toList();

    /** Those of the Conversations service. */
    public static final List<String> CONVERSATIONS =
            List.of("onMessageAdded", "onConversationAdded", "onParticipantAdded");

    private RequiredEvents() {}
}
