package io.flexhandoff.connect;

import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the workspace, workflow, queues and Conversations service of an org in its account: those that are given, that Flex uses, or that there
 * is one of; among several somebody chooses. All that is wrong is found, not the first thing only.
 */
public final class Discovery {

    /** Value of an option that says that there is none. */
    public static final String NONE = "none";

    private final AccountContents account;
    private final TwilioLogin login;
    private final Map<String, String> given;
    private final Chooser chooser;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** Who chooses among several. */
    public interface Chooser {

        /**
         * @param setting such as {@code workflow-sid}
         * @param among at least two, or one when there may be none
         * @param none whether none of them is an answer too
         * @return the chosen one, empty for none
         */
        Optional<NamedSid> choose(String setting, List<NamedSid> among, boolean none);
    }

    /**
     * A setting with its value.
     *
     * @param what its SID and name
     * @param why it is that one, such as {@code the only one}
     */
    public record Found(NamedSid what, String why) {}

    /**
     * What was found.
     *
     * @param settings by the name of the setting, such as {@code workspace-sid}; incomplete when there are problems
     * @param problems each begins with the option that solves it
     */
    public record Result(Map<String, Found> settings, List<String> problems) {}

    /**
     * @param login what requests are made with
     * @param given SIDs by the name of the option, such as {@code --workflow}; those that are not given are absent
     * @param chooser {@code null} when there is nobody to ask
     */
    public Discovery(AccountContents account, TwilioLogin login, Map<String, String> given, Chooser chooser) {
        this.account = account;
        this.login = login;
        this.given = given;
        this.chooser = chooser;
    }

    /** @throws TwilioFailure when Twilio refuses the credentials, or does not answer */
    public Result run() {
        AccountContents.OfFlex flex = account.flex();
        settle("workspace-sid", "--workspace", "workspace", account::workspaces, flex.workspaceSid())
                .map(NamedSid::sid)
                .ifPresent(workspace -> {
                    settle("workflow-sid", "--workflow", "workflow", () -> account.workflows(workspace), "");
                    settle("human-queue-sid", "--human-queue", "task queue", () -> account.queues(workspace), "");
                    settleAi(workspace);
                });
        settle("conversations-service-sid", "--service", "Conversations service", account::services, flex.serviceSid());
        return new Result(found, problems);
    }

    /** Gives what was found; when what is given is wrong that which is likely meant, so that what depends on it is looked at too. */
    private Optional<NamedSid> settle(
            String setting, String option, String kind, Supplier<List<NamedSid>> listing, String preferredSid) {
        String sid = given.get(option);
        List<NamedSid> all;
        try {
            all = listing.get();
        } catch (TwilioFailure failure) {
            unlisted(setting, option, kind, sid, failure);
            return Optional.ofNullable(found.get(setting)).map(Found::what);
        }
        Optional<NamedSid> preferred = find(all, preferredSid);
        if (sid != null) {
            find(all, sid)
                    .ifPresentOrElse(
                            one -> found.put(setting, new Found(one, "as given")),
                            () -> problems.add(option + ": there is no " + kind + " " + sid + "; " + there(all)));
        } else if (preferred.isPresent()) {
            found.put(setting, new Found(preferred.get(), "Flex's"));
        } else if (all.size() == 1) {
            found.put(setting, new Found(all.get(0), "the only one"));
        } else if (all.isEmpty()) {
            problems.add(option + ": the account has no " + kind + " at all; make one in the Console, or look whether"
                    + " --account is the one of Flex");
        } else if (chooser == null) {
            problems.add(option + ": there are several, name one: " + NamedSid.words(all));
        } else {
            chooser.choose(setting, all, false).ifPresent(one -> found.put(setting, new Found(one, "chosen")));
        }
        return Optional.ofNullable(found.get(setting))
                .map(Found::what)
                .or(() -> preferred)
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty());
    }

    /** What may not be listed can be named; whether it is right is then seen by checkup. */
    private void unlisted(String setting, String option, String kind, String sid, TwilioFailure failure) {
        boolean lacksPermission = failure.isNotAllowed() && login.isGiven() && !isUnknown(failure);
        if (!lacksPermission) {
            throw failure;
        }
        if (sid == null) {
            problems.add(option + ": " + login + " may not list what there is (" + failure.getMessage()
                    + "); give it that permission, or name the " + kind + " here");
        } else {
            found.put(setting, new Found(new NamedSid(sid, kind), "as given, not looked at: " + login + " may not"));
        }
    }

    /** Whether it is the credentials that Twilio does not know. */
    private static boolean isUnknown(TwilioFailure failure) {
        return Integer.valueOf(20003).equals(failure.getCode());
    }

    /** The AI's queue, and its worker when there is one: only for calls that come through Flex. */
    private void settleAi(String workspace) {
        String sid = given.get("--ai-queue");
        if (sid == null && chooser == null || NONE.equals(sid)) {
            return;
        }
        if (sid != null) {
            settle("ai-queue-sid", "--ai-queue", "task queue", () -> account.queues(workspace), "");
        } else {
            others(workspace)
                    .flatMap(queues -> chooser.choose("ai-queue-sid", queues, true))
                    .ifPresent(queue -> found.put("ai-queue-sid", new Found(queue, "chosen")));
        }
        Found queue = found.get("ai-queue-sid");
        Found reps = found.get("human-queue-sid");
        if (queue != null && reps != null && queue.what().equals(reps.what())) {
            problems.add("--ai-queue: " + queue.what() + " is the reps' queue too; name another, or " + NONE);
        } else if (queue != null) {
            aiWorker(workspace, queue.what().sid());
        }
    }

    private Optional<List<NamedSid>> others(String workspace) {
        Found reps = found.get("human-queue-sid");
        try {
            return Optional.of(account.queues(workspace).stream()
                            .filter(queue -> reps == null || !queue.equals(reps.what()))
                            .toList())
                    .filter(queues -> !queues.isEmpty());
        } catch (TwilioFailure failure) {
            // what may not be listed was told of the reps' queue
            if (failure.isNotAllowed()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Without one, connect makes it. */
    private void aiWorker(String workspace, String queue) {
        try {
            List<NamedSid> workers = account.workersOf(workspace, queue);
            if (workers.size() == 1) {
                found.put("ai-worker.sid", new Found(workers.get(0), "the only worker of that queue"));
            }
        } catch (TwilioFailure failure) {
            if (!failure.isNotAllowed()) {
                throw failure;
            }
        }
    }

    private static String there(List<NamedSid> all) {
        return all.isEmpty() ? "there is none at all" : "there are: " + NamedSid.words(all);
    }

    private static Optional<NamedSid> find(List<NamedSid> all, String sid) {
        return all.stream().filter(one -> one.sid().equals(sid)).findFirst();
    }
}
