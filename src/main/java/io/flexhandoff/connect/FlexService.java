package io.flexhandoff.connect;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.ThreadAttribute;
import java.util.List;
import java.util.Optional;

/**
 * Whether Flex uses the Conversations service of the threads. Nothing is changed in the account: where it does not, connect proposes
 * a setting with which no rep is locked into a task.
 */
final class FlexService implements Part {

    private final TwilioAccount account;
    private final Org org;

    FlexService(TwilioAccount account, Org org) {
        this.account = account;
        this.org = org;
    }

    @Override
    public String name() {
        return "flex-service";
    }

    @Override
    public String resource() {
        return "Flex's Conversations service";
    }

    @Override
    public String state() {
        return null;
    }

    @Override
    public Wish wish(boolean replace) {
        Optional<String> others = org.threadAttribute().equals(ThreadAttribute.OF_FLEX)
                ? account.flexServiceSid().filter(sid -> !sid.equals(org.conversationsServiceSid()))
                : Optional.empty();
        return new Wish(
                null, null, List.of(), others.map(this::proposal).stream().toList());
    }

    private String proposal(String flexs) {
        String prefix = "handoff.orgs." + org.name() + ".";
        return "Set " + prefix + "thread-attribute to " + ThreadAttribute.OF_OURS
                + ": Flex uses the Conversations service " + flexs
                + " and not " + org.conversationsServiceSid()
                + ", and a rep could not complete a task whose thread Flex cannot"
                + " read. Or set " + prefix + "conversations-service-sid to " + flexs + ", and reps see the thread";
    }

    @Override
    public void write(String state) {
        throw new UnsupportedOperationException("Flex's own service is not connect's to change");
    }

    @Override
    public String shown(String state) {
        return null;
    }
}
