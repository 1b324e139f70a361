package io.flexhandoff.unanswered;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.CallerNumber;
import io.flexhandoff.event.UnansweredEvent.VoicemailLeft;
import io.flexhandoff.flex.Transfers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Tasks by which a rep comes back to a caller whom nobody has answered: what the call's task had, and {@code taskType} with {@code
 * callBackData}, as the Flex plugins that show callbacks know them (Twilio Professional Services, flex-project-template, feature
 * callback-and-voicemail). Bound as {@code followUps}.
 */
public final class FollowUps {

    /** The attribute that tells such a task from every other. */
    public static final String KEY = "handoffFollowUp";

    /** By which number a caller can be called back; {@code null} for none. @param task the call's, or {@code null} */
    public String number(TaskView task) {
        return task == null ? null : number(Objects.toString(customer(task), null));
    }

    /** Of a call that the AI has made it is the called one's. */
    private static Object customer(TaskView task) {
        return isOutbound(task) ? either(task, "to", "called") : either(task, "from", "caller");
    }

    private static Object either(TaskView task, String name, String other) {
        return task.attributes().getOrDefault(name, task.attributes().get(other));
    }

    private static boolean isOutbound(TaskView task) {
        return Objects.toString(task.attributes().get("direction"), "").startsWith("outbound");
    }

    private static String number(String from) {
        return from == null
                ? null
                : CallerNumber.read(from)
                        .filter(number -> CallerNumber.withheld(number) == null)
                        .orElse(null);
    }

    /** The attributes of the task of a callback. @param task the call's @param number of the caller */
    public Map<String, Object> callback(String callSid, int decision, TaskView task, String number) {
        return attributes("callback", callSid, decision, task, number);
    }

    /** The attributes of the task of a message. @param task the call's; {@code null} when Twilio has forgotten it */
    public Map<String, Object> voicemail(VoicemailLeft left, TaskView task) {
        Map<String, Object> attributes = attributes("voicemail", left.callSid(), left.decision(), task, number(task));
        @SuppressWarnings("unchecked")
        Map<String, Object> data = (Map<String, Object>) attributes.get("callBackData");
        data.put("recordingSid", left.recordingSid());
        data.put("recordingUrl", left.url());
        data.put("recordingSeconds", left.seconds());
        return attributes;
    }

    private static Map<String, Object> attributes(
            String type, String callSid, int decision, TaskView task, String number) {
        Map<String, Object> attributes = task == null ? new LinkedHashMap<>() : Transfers.carried(task);
        Object called = task == null ? null : task.attributes().get(isOutbound(task) ? "from" : "to");
        attributes.put("taskType", type);
        attributes.put(KEY, callSid + "/" + decision + "/" + type);
        attributes.put("handedOff", true);
        attributes.put("direction", "inbound");
        Map<String, Object> data = new LinkedHashMap<>();
        if (number != null) {
            attributes.put("from", number);
            attributes.putIfAbsent("name", number);
            data.put("numberToCall", number);
        }
        if (called != null) {
            data.put("numberToCallFrom", called);
        }
        data.put("attempts", 0);
        attributes.put("callBackData", data);
        return attributes;
    }
}
