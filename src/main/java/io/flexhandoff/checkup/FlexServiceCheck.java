package io.flexhandoff.checkup;

import com.twilio.rest.conversations.v1.Configuration;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.ThreadAttribute;
import java.util.List;
import java.util.Optional;

/** Do the transcripts go into the Conversations service that Flex uses, so that a rep's client can read them? */
final class FlexServiceCheck implements Check {

    private static final String STUCK =
            "Flex takes a task with conversationSid for a chat, and neither wraps it up nor completes it when the rep's client cannot"
                    + " read that conversation: the rep is stuck with the task";

    @Override
    public String name() {
        return "flex-service";
    }

    @Override
    public List<String> needs() {
        return List.of("credentials", "conversations-service");
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        Org org = read.org();
        String own = org.conversationsServiceSid();
        boolean seenByFlex = org.threadAttribute().equals(ThreadAttribute.OF_FLEX);
        Optional<String> flexs = read.flex().map(flex -> flex.getChatServiceInstanceSid());
        if (flexs.isEmpty()) {
            return seenByFlex
                    ? untold(read)
                    : Outcome.ok(
                            "Flex does not say which Conversations service it uses, and is not told of the thread: "
                                    + org.threadAttribute() + " holds it");
        }
        if (flexs.get().equals(own)) {
            return Outcome.ok("Flex uses this Conversations service: reps can read the thread");
        }
        if (!seenByFlex) {
            return Outcome.ok(
                    "Flex uses another Conversations service, " + flexs.get() + ": reps get the note without the"
                            + " thread, and " + org.threadAttribute() + " keeps Flex from looking for it");
        }
        return Outcome.failed(
                "Flex uses the Conversations service " + flexs.get() + ", but the threads are in " + own,
                STUCK,
                "Set " + setting(org, "conversations-service-sid") + " to " + flexs.get()
                        + "; if the threads have to stay where they"
                        + " are, set " + setting(org, "thread-attribute") + " to " + ThreadAttribute.OF_OURS
                        + ", and reps get the note without the thread");
    }

    private static Outcome untold(OrgInTwilio read) {
        String own = read.org().conversationsServiceSid();
        String standard = read.conversations()
                .map(Configuration::getDefaultChatServiceSid)
                .map(sid -> sid.equals(own)
                        ? "; it is the account's default service, as Flex's mostly is"
                        : "; the account's default service is " + sid)
                .orElse("");
        return Outcome.warning(
                "Flex does not say which Conversations service it uses. The threads are in " + own + standard,
                "If Flex uses another: " + STUCK,
                "Compare " + setting(read.org(), "conversations-service-sid")
                        + " with chat_service_instance_sid, which GET"
                        + " https://flex-api.twilio.com/v1/Configuration answers with the account's own auth token, or with "
                        + Places.DEFAULT_SERVICE + "; if they differ set " + setting(read.org(), "thread-attribute")
                        + " to "
                        + ThreadAttribute.OF_OURS);
    }

    private static String setting(Org org, String name) {
        return "handoff.orgs." + org.name() + "." + name;
    }
}
