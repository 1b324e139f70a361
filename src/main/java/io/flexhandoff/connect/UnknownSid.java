package io.flexhandoff.connect;

import io.flexhandoff.api.Problem;
import io.flexhandoff.org.Org;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings name something that the account does not have. */
final class UnknownSid extends Problem {

    private static final long serialVersionUID = 1L;

    UnknownSid(String words) {
        super(502, "Not in the account", words);
    }

    /**
     * Every setting that does, with what the account has; empty when there is none.
     *
     * @throws TwilioFailure when the account does not tell
     */
    static Optional<UnknownSid> all(Org org, AccountContents account) {
        List<String> problems = new ArrayList<>();
        Look look = new Look("handoff.orgs." + org.name() + ".", org.accountSid(), problems);
        if (look.at("workspace-sid", "workspace", org.workspaceSid(), account.workspaces())) {
            look.at("workflow-sid", "workflow", org.workflowSid(), account.workflows(org.workspaceSid()));
            List<NamedSid> queues = account.queues(org.workspaceSid());
            look.at("human-queue-sid", "task queue", org.humanQueueSid(), queues);
            look.at("ai-queue-sid", "task queue", org.aiQueueSid(), queues);
            if (org.aiWorker().sid() != null) {
                look.at("ai-worker.sid", "worker", org.aiWorker().sid(), account.workers(org.workspaceSid()));
            }
        }
        look.at(
                "conversations-service-sid",
                "Conversations service",
                org.conversationsServiceSid(),
                account.services());
        return problems.isEmpty() ? Optional.empty() : Optional.of(new UnknownSid(String.join("; ", problems)));
    }

    private record Look(String prefix, String accountSid, List<String> problems) {

        /** Whether it is there; what is not set is not missed. */
        boolean at(String setting, String kind, String sid, List<NamedSid> all) {
            if (sid == null || all.stream().anyMatch(one -> one.sid().equals(sid))) {
                return true;
            }
            problems.add(prefix + setting + ": there is no " + kind + " " + sid + " in " + accountSid
                    + (all.isEmpty() ? ", which has none at all" : "; there are: " + NamedSid.words(all)));
            return false;
        }
    }
}
