package io.flexhandoff.connect;

import io.flexhandoff.org.Org;
import java.util.Optional;

/** The workflow's filters. Its state: the configuration, as it is written. */
final class WorkflowPart implements Part {

    private final TwilioAccount account;
    private final Org org;

    WorkflowPart(TwilioAccount account, Org org) {
        this.account = account;
        this.org = org;
    }

    @Override
    public String name() {
        return "workflow";
    }

    @Override
    public String resource() {
        return "Workflow filters";
    }

    @Override
    public String state() {
        return account.workflow().path("configuration").asText();
    }

    @Override
    public Wish wish(boolean replace) {
        return filters(state(), replace).wish();
    }

    @Override
    public Optional<String> takenOut(String present, String before) {
        return filters(present, false).takenOut(before);
    }

    private WorkflowFilters filters(String configuration, boolean replace) {
        return new WorkflowFilters(
                configuration,
                queue("ai-queue-sid", org.aiQueueSid()),
                queue("human-queue-sid", org.humanQueueSid()),
                "handoff.orgs." + org.name() + ".",
                replace);
    }

    /** @param sid {@code null} or empty when it is not set */
    private WorkflowFilters.Queue queue(String setting, String sid) {
        return sid == null || sid.isBlank()
                ? null
                : new WorkflowFilters.Queue(
                        sid, account.queue(setting, sid).path("friendly_name").asText());
    }

    @Override
    public void write(String state) {
        account.writeWorkflow(state);
    }

    @Override
    public String shown(String state) {
        return new WorkflowText(state).size() + " filters";
    }
}
