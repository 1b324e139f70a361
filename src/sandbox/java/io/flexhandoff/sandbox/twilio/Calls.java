package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.component.Attributes;
import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The phone calls of an account. */
final class Calls {

    private final SandboxAccount account;
    private final Workspace workspace;
    private final TaskRouting routing;
    private final Changes changes;
    private final Lines lines;
    private final Shelf<LiveCall> calls = new Shelf<>(call -> call.sid);

    Calls(SandboxAccount account, Workspace workspace, TaskRouting routing, Changes changes, Lines lines) {
        this.lines = lines;
        this.account = account;
        this.workspace = workspace;
        this.routing = routing;
        this.changes = changes;
    }

    /** A caller calls and is answered. */
    LiveCall place(String from, String to) {
        LiveCall call = new LiveCall(from, to);
        calls.add(call);
        changes.changed("call", call.sid);
        return call;
    }

    /** A caller calls, and is enqueued into the workflow with what the IVR asked. */
    LiveCall placeIntoFlex(String from, String to, Map<String, Object> attributes) {
        LiveCall call = place(from, to);
        call.way = Way.FLEX;
        enqueue(
                call,
                new Twiml.Enqueue(account.workflowSid(), new JsonObject(attributes).encode(), null, null, null, null));
        return call;
    }

    /** A caller calls, and speaks with the AI by way of ConversationRelay. */
    LiveCall placeOnRelay(String from, String to) {
        LiveCall call = place(from, to);
        call.way = Way.RELAY;
        call.connected = Sids.random("VX");
        return call;
    }

    /** A caller calls, and speaks with the AI over a stream. */
    LiveCall placeOnStream(String from, String to) {
        LiveCall call = place(from, to);
        call.way = Way.STREAM;
        call.connected = Sids.random("MZ");
        return call;
    }

    /**
     * Records a call from now on.
     *
     * @throws TwilioError 21220 if it is not in progress
     */
    Recording record(LiveCall call, boolean dual, String track) {
        if (!call.inProgress()) {
            throw new TwilioError(400, 21220, "Requested resource is not eligible for recording");
        }
        Recording recording = new Recording(dual, track);
        call.recordings.add(recording);
        return recording;
    }

    LiveCall find(String sid) {
        return calls.get(sid);
    }

    List<LiveCall> newest(int limit) {
        return calls.newest(limit);
    }

    /**
     * Gives a live call other TwiML.
     *
     * @throws TwilioError 32018 more than 4000 characters, 21220 the call is not in progress, and what {@link Twiml#parse} and the
     *     task's attributes are refused with; then the call stays as it is
     */
    void redirect(LiveCall call, String document) {
        if (document.length() > Twiml.LIMIT) {
            throw new TwilioError(
                    400, 32018, "Twiml size exceeded maximum allowed value of " + Twiml.LIMIT + " characters");
        }
        execute(call, Twiml.parse(document));
    }

    /** The caller leaves the queue for what its TwiML says next. */
    void leave(LiveCall call) {
        routing.callerLeft(call.task(), "leave");
        call.waitsSince = null;
    }

    /** Live callers who wait in a workflow's queue, those first who came first. */
    List<LiveCall> waiting(Workflow workflow) {
        return calls.open().stream()
                .filter(call -> call.waitsSince != null && call.task().workflow == workflow)
                .sorted(Comparator.comparing(call -> call.waitsSince))
                .toList();
    }

    /**
     * Does with a live call what a document says, as far as it moves the call.
     *
     * @throws TwilioError 21220 the call is not in progress, and what the task's attributes are refused with
     */
    void execute(LiveCall call, Twiml twiml) {
        checkInProgress(call);
        if (twiml.enqueue() != null) {
            enqueue(call, twiml.enqueue());
            connect(call, null);
        } else {
            routing.callerLeft(call.task(), "redirected");
            connect(call, twiml.connect());
            if (twiml.hangsUp() && twiml.verbs().size() == 1) {
                end(call);
            }
        }
        lines.run(account, this, call, twiml);
        changes.changed("call", call.sid);
    }

    private static void connect(LiveCall call, Twiml.Connect connect) {
        call.moves++;
        call.keys = null;
        call.connected = connect == null ? null : Sids.random(connect.stream() ? "MZ" : "VX");
        call.connectAction = connect == null ? null : connect.action();
    }

    private void enqueue(LiveCall call, Twiml.Enqueue enqueue) {
        Workflow workflow = workspace.workflows.get(enqueue.workflowSid());
        if (workflow == null) {
            throw TwilioError.invalid(
                    "Enqueue workflowSid " + enqueue.workflowSid() + " is no workflow of this account");
        }
        String attributes = attributes(call, enqueue.attributes());
        routing.callerLeft(call.task(), "redirected");
        Task task = new Task(workflow, attributes, call, "voice");
        task.priority = enqueue.priority() == null ? 0 : enqueue.priority();
        task.timeout = enqueue.timeout() == null ? Task.DEFAULT_TIMEOUT : enqueue.timeout();
        call.tasks.add(task);
        call.waitsSince = Instant.now();
        routing.create(task);
    }

    private String attributes(LiveCall call, String json) {
        try {
            TwilioRequest.object("Task", json);
        } catch (TwilioError notAnObject) {
            throw new TwilioError(400, 14221, "Provided Attributes JSON was not valid");
        }
        Map<String, Object> attributes = Attributes.read(json);
        attributes.putAll(CallAttributes.of(call, account).getMap());
        String merged = Attributes.write(attributes);
        if (merged.length() > Task.ATTRIBUTES_LIMIT) {
            throw TwilioError.invalid("The task's attributes have " + merged.length()
                    + " characters with those that Twilio adds, more than " + Task.ATTRIBUTES_LIMIT);
        }
        return merged;
    }

    /**
     * Ends a call by the API.
     *
     * @throws TwilioError 21220 if it is not in progress
     */
    void complete(LiveCall call) {
        checkInProgress(call);
        end(call);
    }

    /** The caller hangs up: a waiting task is canceled, an accepted one is left for the rep to wrap up. */
    void end(LiveCall call) {
        if (call.inProgress()) {
            if (call.onHangUp != null) {
                call.onHangUp.run();
            }
            call.status = "completed";
            call.endedAt = Instant.now();
            calls.finish(call);
            routing.callerLeft(call.task(), "hangup");
            changes.changed("call", call.sid);
        }
    }

    /** Live calls and those that ended last, newest first. */
    List<LiveCall> list(List<String> statuses) {
        List<LiveCall> found = new ArrayList<>(calls.newest(Integer.MAX_VALUE));
        found.removeIf(call -> !statuses.isEmpty() && !statuses.contains(call.status));
        return found;
    }

    /** The lines that a call has dialed. */
    List<LiveCall> dialedBy(String sid) {
        LiveCall call = find(sid);
        return call == null
                ? List.of()
                : call.dialed.stream().map(dialed -> dialed.line).toList();
    }

    private static void checkInProgress(LiveCall call) {
        if (!call.inProgress()) {
            throw new TwilioError(
                    400,
                    21220,
                    "Unable to update call " + call.sid + ": it is not in-progress, cannot redirect or end it");
        }
    }
}
