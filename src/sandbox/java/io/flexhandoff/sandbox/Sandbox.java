package io.flexhandoff.sandbox;

import io.flexhandoff.twilio.WebhookSigning;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in for Twilio: Conversations, TaskRouter and Voice, so far as a handoff needs them, and a rep's desk to look at. Everything
 * is kept in memory and lost with the process; of what has ended, the last few thousand calls, tasks and conversations are kept.
 *
 * <p>Below {@code /sandbox}: {@code twilio/{api|conversations|taskrouter|flex-api|events}/…} is Twilio's API, {@code api/…} the page's, the page itself
 * is at {@code /sandbox}. The page shows the first account.
 *
 * <p>Every operation is short and holds one lock, so results are as if they came one after the other; methods may be called from any
 * thread, event loops included.
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final Object lock = new Object();
    private final Vertx vertx;
    private final Webhooks webhooks;
    private final ChangeFeed changes;
    private final Map<String, AccountState> accounts = new LinkedHashMap<>();
    private final Faults faults;
    private final Logins logins = new Logins();
    private final TwilioApi twilio;
    private final RelaySessions relay;

    /**
     * @param vertx the engine of the server it will be mounted on; its event loops send the webhooks too
     * @param accounts the accounts to play, {@link SandboxAccount#demo()} when there is none
     */
    public Sandbox(Vertx vertx, SandboxAccount... accounts) {
        this.vertx = vertx;
        this.changes = new ChangeFeed(vertx);
        this.faults = new Faults(changes);
        this.webhooks = new Webhooks(vertx, faults);
        Lines lines = new Lines(vertx, webhooks, lock);
        for (SandboxAccount account : accounts.length == 0 ? new SandboxAccount[] {SandboxAccount.demo()} : accounts) {
            EventStreams streams = new EventStreams(account, vertx, webhooks, faults);
            this.accounts.put(account.accountSid(), AccountState.create(account, streams, webhooks, changes, lines));
            logins.allow(account.accountSid(), account.accountSid(), account.authToken());
        }
        this.twilio = new TwilioApi(vertx, this.accounts, lock, faults, logins);
        this.relay = new RelaySessions(vertx, webhooks, lock);
    }

    /** Adds the sandbox's routes, all of them below {@code /sandbox}. */
    public void mount(Router router) {
        mount(router, api -> {});
    }

    /**
     * Adds the sandbox's routes and more of the page's API.
     *
     * @param pageApi adds routes relative to {@code /sandbox/api}; they are protected against requests of other sites, and a request's
     *     body is text of {@link #body}
     */
    public void mount(Router router, Consumer<Router> pageApi) {
        router.route("/sandbox/twilio/*").subRouter(twilio.router());
        router.route("/sandbox/api/*").subRouter(new PageApi(vertx, this, changes).router(pageApi));
        PageFiles.mount(router);
    }

    /** The body of a request to a handler that {@link #mount(Router, Consumer)} added, empty when it had none. */
    public static String body(RoutingContext exchange) {
        return RequestBody.text(exchange);
    }

    /**
     * Sets an account's webhooks, of its workspace and of its Conversations service, to one URL; the workspace's with overrides of
     * its retries, as connect sets it.
     */
    public void connect(String accountSid, String url) {
        synchronized (lock) {
            AccountState state = accounts.get(accountSid);
            state.workspace().eventCallbackUrl = url + "#rc=3&rp=all";
            state.conversations().postWebhookUrl = url;
            state.conversations().webhookFilters =
                    List.of("onMessageAdded", "onConversationAdded", "onParticipantAdded");
        }
    }

    /** Signs an account's webhooks from now on as a webhook rule of the account would have it, or with the auth token again. */
    public void sign(String accountSid, WebhookSigning signing) {
        webhooks.sign(accountSid, signing);
    }

    /** Lets Flex use another Conversations service than the account's own, {@code null} for its own again. */
    public void letFlexUse(String accountSid, String conversationsServiceSid) {
        synchronized (lock) {
            accounts.get(accountSid).conversations().flexServiceSid = conversationsServiceSid;
        }
    }

    /** Sets the action URL of an account's {@code <Connect><ConversationRelay>}. */
    public void connectRelay(String accountSid, String actionUrl) {
        synchronized (lock) {
            accounts.get(accountSid).workspace().relayActionUrl = actionUrl;
        }
    }

    /** A caller calls the first account and is answered. Gives the call's SID. */
    public String placeCall(String from, String to) {
        return placeCall(first().account().accountSid(), from, to);
    }

    /** A caller calls an account and is answered. Gives the call's SID. */
    public String placeCall(String accountSid, String from, String to) {
        synchronized (lock) {
            return accounts.get(accountSid).calls().place(from, to).sid;
        }
    }

    /**
     * A caller calls the first account, whose IVR enqueues the call into its workflow, before any AI. Gives the call's SID.
     *
     * @param attributes what the IVR puts on the task
     */
    public String placeCallIntoFlex(String from, String to, Map<String, Object> attributes) {
        synchronized (lock) {
            return first().calls().placeIntoFlex(from, to, attributes).sid;
        }
    }

    /** A caller calls the first account and speaks with its AI by way of ConversationRelay. Gives the call's SID. */
    public String placeCallOnRelay(String from, String to) {
        synchronized (lock) {
            return first().calls().placeOnRelay(from, to).sid;
        }
    }

    /** A caller calls the first account and speaks with its AI over a stream. Gives the call's SID. */
    public String placeCallOnStream(String from, String to) {
        synchronized (lock) {
            return first().calls().placeOnStream(from, to).sid;
        }
    }

    /**
     * No rep is offered a call's task from now on, as when all are on a call; its AI may be.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void leaveUnanswered(String callSid) {
        synchronized (lock) {
            stateOfCall(callSid).calls().find(callSid).unanswered = true;
        }
    }

    /** Whether a call's task is offered to no rep. */
    public boolean isUnanswered(String callSid) {
        synchronized (lock) {
            return accounts.values().stream()
                    .map(state -> state.calls().find(callSid))
                    .anyMatch(call -> call != null && call.unanswered);
        }
    }

    /**
     * Records a live call from now on, caller and callee in a channel each. Gives the recording's SID.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public String record(String callSid) {
        synchronized (lock) {
            Calls calls = stateOfCall(callSid).calls();
            return calls.record(calls.find(callSid), true, "both").sid;
        }
    }

    /**
     * The AI's application ends its ConversationRelay session, and the call does what the action URL answers; nothing when the session
     * is over already.
     *
     * @param handoffData or {@code null}
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> endRelay(String callSid, String handoffData) {
        return end(callSid, new RelaySessions.Ending("ended", handoffData, null));
    }

    /**
     * A call's ConversationRelay session breaks down, and the call does what the action URL answers.
     *
     * @param error Twilio's code of it, such as 64102
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> failRelay(String callSid, String error) {
        return end(callSid, new RelaySessions.Ending("failed", null, error));
    }

    /**
     * The AI's application closes its stream, and the call does what the action URL answers.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> closeStream(String callSid) {
        return end(callSid, new RelaySessions.Ending(null, null, null));
    }

    private Future<Void> end(String callSid, RelaySessions.Ending ending) {
        AccountState state;
        LiveCall call;
        synchronized (lock) {
            state = stateOfCall(callSid);
            call = state.calls().find(callSid);
        }
        return relay.end(state, call, ending);
    }

    /** Whether a call's ConversationRelay session is open. */
    public boolean isOnRelay(String callSid) {
        synchronized (lock) {
            return stateOfCall(callSid).calls().find(callSid).isOnRelay();
        }
    }

    /**
     * Whether a call that came through Flex is with the AI worker now.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    boolean isWithAi(String callSid) {
        synchronized (lock) {
            AccountState state = stateOfCall(callSid);
            Task task = state.calls().find(callSid).task();
            Reservation held = task == null ? null : task.openReservation();
            return held != null
                    && held.status.equals("accepted")
                    && held.worker.sid.equals(state.account().aiWorkerSid());
        }
    }

    /**
     * The caller hangs up; without effect when the call has ended.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void hangUp(String callSid) {
        AccountState state;
        LiveCall call;
        synchronized (lock) {
            state = stateOfCall(callSid);
            call = state.calls().find(callSid);
            state.calls().end(call);
        }
        relay.end(state, call, new RelaySessions.Ending("completed", null, null))
                .onFailure(problem -> LOG.warn("Connect's action was not told of the end: {}", problem.getMessage()));
    }

    /**
     * A caller presses keys; without effect when none are asked for.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public void press(String callSid, String digits) {
        synchronized (lock) {
            LiveCall call = stateOfCall(callSid).calls().find(callSid);
            if (call.keys != null) {
                call.keys.accept(digits);
            }
        }
    }

    /**
     * What a caller has heard lately, in order: {@code say <language>: <words>}, {@code play <url>}, {@code record}.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public List<String> heard(String callSid) {
        synchronized (lock) {
            return List.copyOf(stateOfCall(callSid).calls().find(callSid).heard);
        }
    }

    /**
     * The tasks that a call was enqueued with, oldest first.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public List<String> tasksOf(String callSid) {
        synchronized (lock) {
            return stateOfCall(callSid).calls().find(callSid).tasks.stream()
                    .map(task -> task.sid)
                    .toList();
        }
    }

    /**
     * The worker who is offered a task accepts it.
     *
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if no worker is offered it
     */
    public void accept(String taskSid) {
        work(taskSid, "pending", (state, reservation) -> state.routing().accept(reservation));
    }

    /**
     * The worker who has accepted a task ends the call.
     *
     * @throws IllegalArgumentException if there is no such task
     * @throws IllegalStateException if nobody has accepted it, or it is wrapped up already
     */
    public void wrapUp(String taskSid) {
        work(taskSid, "accepted", (state, reservation) -> {
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
        work(taskSid, "wrapping", (state, reservation) -> state.routing()
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

    /** Who may use Twilio's API. */
    public Logins logins() {
        return logins;
    }

    /** Answers of Twilio's API are held back for so long, without holding a thread. */
    public void latency(Duration latency) {
        twilio.latency(latency.toMillis());
    }

    /** Ends the pages' event streams and stops sending webhooks. */
    @Override
    public void close() {
        changes.close();
        webhooks.close();
    }

    /** Reads or changes the first account's state under the lock. */
    <T> T withFirstAccount(Function<AccountState, T> operation) {
        synchronized (lock) {
            return operation.apply(first());
        }
    }

    private void work(String taskSid, String status, BiConsumer<AccountState, Reservation> action) {
        synchronized (lock) {
            for (AccountState state : accounts.values()) {
                Task task = state.workspace().tasks.get(taskSid);
                if (task != null) {
                    Reservation reservation = task.openReservation();
                    if (reservation == null || !reservation.status.equals(status)) {
                        throw new IllegalStateException(
                                "Task " + taskSid + " is " + task.status + ": it has no reservation that is " + status);
                    }
                    action.accept(state, reservation);
                    return;
                }
            }
            throw new IllegalArgumentException("There is no task " + taskSid);
        }
    }

    private AccountState stateOfCall(String callSid) {
        return accounts.values().stream()
                .filter(state -> state.calls().find(callSid) != null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no call " + callSid));
    }

    private AccountState first() {
        return accounts.values().iterator().next();
    }
}
