package io.flexhandoff.checkup;

import com.twilio.rest.taskrouter.v1.workspace.Worker;
import io.flexhandoff.org.Org;
import java.util.Optional;

/** Is the AI there as a worker of the workspace, and does it take tasks? */
final class AiWorkerCheck implements Check {

    /** As connect names it, and every thread. */
    private static final String NAME = "AI Support Agent";

    @Override
    public String name() {
        return "ai-worker";
    }

    @Override
    public Outcome look(OrgInTwilio read) {
        Org org = read.org();
        String sid = org.aiWorker().sid();
        if (sid == null) {
            return notSet(read, "handoff.orgs." + org.name() + ".ai-worker.sid");
        }
        Optional<Worker> found = read.worker(sid);
        if (found.isEmpty()) {
            return Outcome.failed(
                    "TaskRouter offers no call to the AI: there is no worker " + sid,
                    "The worker was deleted, or belongs to another workspace",
                    "Copy the SID of the AI's worker from " + Places.workspace(read) + " > Workers to handoff.orgs."
                            + org.name() + ".ai-worker.sid" + Places.orConnect(read));
        }
        return look(read, found.get());
    }

    /** Without a queue for the AI, calls come to it before Flex, and it needs no worker. */
    private static Outcome notSet(OrgInTwilio read, String setting) {
        String queue = read.org().aiQueueSid();
        if (queue == null || queue.isBlank()) {
            return Outcome.skipped("Neither an AI queue nor an AI worker is set: calls come to the AI before Flex");
        }
        return read.workers().stream()
                .filter(worker -> NAME.equalsIgnoreCase(worker.getFriendlyName()))
                .findFirst()
                .map(worker -> Outcome.warning(
                        "The AI's worker is there, but the application does not know that it is the AI's",
                        setting + " is not set",
                        "Set it to " + worker.getSid() + ", and start the application anew"))
                .orElseGet(() -> Outcome.failed(
                        "TaskRouter offers no call to the AI: it has no worker",
                        "The workspace was never connected, or the worker was deleted",
                        "Add a worker for the AI in " + Places.workspace(read) + " > Workers, and set " + setting
                                + Places.orConnect(read)));
    }

    private static Outcome look(OrgInTwilio read, Worker worker) {
        Org org = read.org();
        String sid = worker.getSid();
        String name = "Worker '" + worker.getFriendlyName() + "'";
        if (!worker.getAvailable()) {
            return Outcome.failed(
                    "TaskRouter offers no call to the AI: its worker is " + worker.getActivityName(),
                    "Somebody has set its activity, or TaskRouter has, as it does with a worker who lets an offer run out",
                    "Choose an available activity in " + Places.worker(read, worker.getFriendlyName())
                            + Places.orConnect(read));
        }
        String queueSid = org.aiQueueSid();
        boolean elsewhere = queueSid != null
                && !queueSid.isBlank()
                && read.queue(queueSid).isPresent()
                && read.workersOf(queueSid).stream()
                        .noneMatch(each -> each.getSid().equals(sid));
        if (elsewhere) {
            String queue = read.queue(queueSid).orElseThrow().getFriendlyName();
            return Outcome.failed(
                    "TaskRouter offers no call to the AI: its worker is not in the queue '" + queue + "'",
                    "The worker has not the attributes that the queue's expression wants, "
                            + read.queue(queueSid).orElseThrow().getTargetWorkers(),
                    "Give it these attributes in " + Places.worker(read, worker.getFriendlyName())
                            + Places.orConnect(read));
        }
        return Outcome.ok(name + " is " + worker.getActivityName());
    }
}
