package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Faults;
import io.flexhandoff.twilio.WebhookSigning;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for Twilio: Conversations, TaskRouter and Voice, so far as a handoff needs them, with its callers, the AI's application and
 * the reps. Everything is kept in memory and lost with the process; of what has ended, the last few thousand calls, tasks and
 * conversations are kept.
 *
 * <p>Every operation is short and holds one lock, so results are as if they came one after the other; methods may be called from any
 * thread, event loops included.
 */
public final class Sandbox implements AutoCloseable {

    private final Webhooks webhooks;
    final Accounts accounts;
    private final Faults faults;
    private final Logins logins = new Logins();
    private final TwilioApi twilio;
    private final AiSessions ai;
    private final Dials dials;
    private final FlexClient flexClient;
    private final Snapshot snapshot;

    /**
     * @param vertx the engine of the server it will be mounted on; its event loops send the webhooks too
     * @param changes told of what happens, from any thread
     * @param accounts the accounts to play, {@link SandboxAccount#demo()} when there is none
     */
    public Sandbox(Vertx vertx, Changes changes, SandboxAccount... accounts) {
        Object lock = new Object();
        this.faults = new Faults(id -> changes.changed("fault", id));
        this.webhooks = new Webhooks(vertx, faults);
        this.accounts = new Accounts(lock);
        Lines lines = new Lines(vertx, webhooks, lock);
        for (SandboxAccount account : accounts.length == 0 ? new SandboxAccount[] {SandboxAccount.demo()} : accounts) {
            EventStreams streams = new EventStreams(account, vertx, webhooks, faults);
            this.accounts.add(AccountState.create(account, streams, webhooks, changes, lines));
            logins.allow(account.accountSid(), account.accountSid(), account.authToken());
        }
        this.twilio = new TwilioApi(vertx, this.accounts, lock, faults, logins);
        this.ai = new AiSessions(vertx, webhooks, this.accounts, lock);
        this.dials = new Dials(this.accounts);
        this.flexClient = new FlexClient(this.accounts, faults);
        this.snapshot = new Snapshot(this.accounts);
    }

    /** Adds Twilio's API, at {@code /sandbox/twilio/{api|conversations|taskrouter|flex-api|events}/…}. */
    public void mount(Router router) {
        router.route("/sandbox/twilio/*").subRouter(twilio.router());
    }

    /**
     * Sets an account's webhooks, of its workspace and of its Conversations service, to one URL; the workspace's with overrides of
     * its retries, as connect sets it.
     */
    public void connect(String accountSid, String url) {
        accounts.change(accountSid, state -> {
            state.workspace().eventCallbackUrl = url + "#rc=3&rp=all";
            state.conversations().postWebhookUrl = url;
            state.conversations().webhookFilters =
                    List.of("onMessageAdded", "onConversationAdded", "onParticipantAdded");
        });
    }

    /** Signs an account's webhooks from now on as a webhook rule of the account would have it, or with the auth token again. */
    public void sign(String accountSid, WebhookSigning signing) {
        webhooks.sign(accountSid, signing);
    }

    /** Lets Flex use another Conversations service than the account's own, {@code null} for its own again. */
    public void letFlexUse(String accountSid, String conversationsServiceSid) {
        accounts.change(accountSid, state -> state.conversations().flexServiceSid = conversationsServiceSid);
    }

    /** Sets the action URL of an account's {@code <Connect><ConversationRelay>}. */
    public void connectRelay(String accountSid, String actionUrl) {
        accounts.change(accountSid, state -> state.workspace().relayActionUrl = actionUrl);
    }

    /** A caller calls the first account and is answered. Gives the call's SID. */
    public String placeCall(String from, String to) {
        return accounts.inFirst(state -> state.calls().place(from, to).sid);
    }

    /** A caller calls an account and is answered. Gives the call's SID. */
    public String placeCall(String accountSid, String from, String to) {
        return accounts.in(accountSid, state -> state.calls().place(from, to).sid);
    }

    /**
     * A caller calls the first account, whose IVR enqueues the call into its workflow, before any AI. Gives the call's SID.
     *
     * @param attributes what the IVR puts on the task
     */
    public String placeCallIntoFlex(String from, String to, Map<String, Object> attributes) {
        return accounts.inFirst(state -> state.calls().placeIntoFlex(from, to, attributes).sid);
    }

    /** A caller calls the first account and speaks with its AI by way of ConversationRelay. Gives the call's SID. */
    public String placeCallOnRelay(String from, String to) {
        return accounts.inFirst(state -> state.calls().placeOnRelay(from, to).sid);
    }

    /** A caller calls an account and speaks with its AI by way of ConversationRelay. Gives the call's SID. */
    public String placeCallOnRelay(String accountSid, String from, String to) {
        return accounts.in(accountSid, state -> state.calls().placeOnRelay(from, to).sid);
    }

    /** A caller calls the first account and speaks with its AI over a stream. Gives the call's SID. */
    public String placeCallOnStream(String from, String to) {
        return accounts.inFirst(state -> state.calls().placeOnStream(from, to).sid);
    }

    /**
     * No rep is offered a call's task from now on, as when all are on a call; its AI may be.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void leaveUnanswered(String callSid) {
        accounts.changeCall(callSid, (state, call) -> call.unanswered = true);
    }

    /** Whether a call's task is offered to no rep. */
    public boolean isUnanswered(String callSid) {
        return accounts.isCall(callSid, call -> call.unanswered);
    }

    /**
     * Records a live call from now on, caller and callee in a channel each. Gives the recording's SID.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public String record(String callSid) {
        return accounts.inCall(callSid, (state, call) -> state.calls().record(call, true, "both").sid);
    }

    /**
     * The caller hangs up; without effect when the call has ended.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void hangUp(String callSid) {
        accounts.changeCall(callSid, (state, call) -> state.calls().end(call));
        ai.callEnded(callSid);
    }

    /**
     * A caller presses keys; without effect when none are asked for.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void press(String callSid, String digits) {
        accounts.changeCall(callSid, (state, call) -> {
            if (call.keys != null) {
                call.keys.accept(digits);
            }
        });
    }

    /**
     * What a caller has heard lately, in order: {@code say <language>: <words>}, {@code play <url>}, {@code record}.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public List<String> heard(String callSid) {
        return accounts.inCall(callSid, (state, call) -> List.copyOf(call.heard));
    }

    /**
     * The tasks that a call was enqueued with, oldest first.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public List<String> tasksOf(String callSid) {
        return accounts.inCall(
                callSid,
                (state, call) -> call.tasks.stream().map(task -> task.sid).toList());
    }

    /**
     * The worker who is offered a task accepts it.
     *
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if no worker is offered it
     */
    public void accept(String taskSid) {
        accounts.changeReservation(
                taskSid, "pending", (state, reservation) -> state.routing().accept(reservation));
    }

    /**
     * The worker who has accepted a task ends the call.
     *
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if nobody has accepted it, or it is wrapped up already
     */
    public void wrapUp(String taskSid) {
        accounts.changeReservation(taskSid, "accepted", (state, reservation) -> {
            if (reservation.task.call == null || !reservation.task.call.inProgress()) {
                state.routing().wrapUp(reservation);
            } else {
                reservation.task.call.endedByRep = true;
                state.calls().end(reservation.task.call);
            }
        });
    }

    /**
     * The worker is done with a task and free for the next.
     *
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if it is not being wrapped up
     */
    public void complete(String taskSid) {
        accounts.changeReservation(taskSid, "wrapping", (state, reservation) -> state.routing()
                .complete(reservation, "completed by the rep"));
    }

    /** The last requests to Twilio's API, oldest first; at most 10,000. */
    public List<SandboxRequest> requests() {
        return twilio.requests();
    }

    /**
     * Sets what happens before a request to Twilio's API is dispatched. The handler runs on the event loop; it calls {@code next()} at
     * once or later, or answers the request itself.
     */
    public void filter(Handler<RoutingContext> filter) {
        twilio.filter(filter);
    }

    /** What goes wrong between the product and this Twilio: nothing, until something is added. */
    public Faults faults() {
        return faults;
    }

    /** The AI's side of its calls. */
    public AiSessions ai() {
        return ai;
    }

    /** Whom calls dial. */
    public Dials dials() {
        return dials;
    }

    /** Flex's page in a rep's browser. */
    public FlexClient flexClient() {
        return flexClient;
    }

    /** What there is, as JSON. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Who may use Twilio's API. */
    public Logins logins() {
        return logins;
    }

    /** Answers of Twilio's API are held back for so long, without holding a thread. */
    public void latency(Duration latency) {
        twilio.latency(latency.toMillis());
    }

    /** Stops sending webhooks. */
    @Override
    public void close() {
        webhooks.close();
    }
}
