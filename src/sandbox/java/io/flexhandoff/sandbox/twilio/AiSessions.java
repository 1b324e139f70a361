package io.flexhandoff.sandbox.twilio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The AI's side of calls: those whose AI speaks by way of {@code <Connect action>} with {@code <ConversationRelay>} or {@code <Stream>}: when that is over, the
 * action URL is asked what comes next, and the call does that (Twilio documentation, {@code <ConversationRelay>}, "Result of TwiML
 * execution"). Of a stream the request tells nothing but the call.
 */
public final class AiSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AiSessions.class);

    /** A document may point to the next so often. */
    private static final int MOST_REDIRECTS = 20;

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Accounts accounts;
    private final Object lock;

    /** @param lock guards the sandbox's state */
    AiSessions(Vertx vertx, Webhooks webhooks, Accounts accounts, Object lock) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.lock = lock;
    }

    /** How a session ended. @param handoffData what the application sent with its end, or {@code null} @param error code, or {@code null} */
    private record Ending(String status, String handoffData, String error) {}

    /**
     * The AI's application ends its ConversationRelay session, and the call does what the action URL answers; nothing when the session
     * is over already.
     *
     * @param handoffData or {@code null}
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> end(String callSid, String handoffData) {
        return end(callSid, new Ending("ended", handoffData, null));
    }

    /**
     * A call's ConversationRelay session breaks down, and the call does what the action URL answers.
     *
     * @param error Twilio's code of it, such as 64102
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> fail(String callSid, String error) {
        return end(callSid, new Ending("failed", null, error));
    }

    /**
     * The AI's application closes its stream, and the call does what the action URL answers.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public Future<Void> closeStream(String callSid) {
        return end(callSid, new Ending(null, null, null));
    }

    /** The caller has hung up. */
    void callEnded(String callSid) {
        end(callSid, new Ending("completed", null, null))
                .onFailure(problem -> LOG.warn("Connect's action was not told of the end: {}", problem.getMessage()));
    }

    /**
     * Whether a call's ConversationRelay session is open.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public boolean isOnRelay(String callSid) {
        return accounts.inCall(callSid, (state, call) -> call.isOnRelay());
    }

    /**
     * Whether a call that came through Flex is with the AI worker now.
     *
     * @throws IllegalArgumentException if there is no such call
     */
    public boolean isWithAi(String callSid) {
        return accounts.inCall(callSid, (state, call) -> {
            Reservation held = call.task() == null ? null : call.task().openReservation();
            return held != null
                    && held.status.equals("accepted")
                    && held.worker.sid.equals(state.account().aiWorkerSid());
        });
    }

    private Future<Void> end(String callSid, Ending ending) {
        return accounts.inCall(callSid, (state, call) -> end(state, call, ending));
    }

    private Future<Void> end(AccountState state, LiveCall call, Ending ending) {
        if (call.connected == null) {
            return Future.succeededFuture();
        }
        String url = call.connectAction == null ? state.workspace().relayActionUrl : call.connectAction;
        Map<String, String> form = form(state, call);
        if (call.isOnRelay()) {
            form.put("SessionId", call.connected);
            form.put("SessionStatus", ending.status());
            form.put(
                    "SessionDuration",
                    Long.toString(
                            Duration.between(call.startedAt, Instant.now()).toSeconds()));
            putUnlessNull(form, "HandoffData", ending.handoffData());
            putUnlessNull(form, "ErrorCode", ending.error());
        }
        call.connected = null;
        return url == null
                ? Future.failedFuture("The sandbox knows no action URL")
                : follow(state, call, call.moves, url, form, MOST_REDIRECTS);
    }

    private static void putUnlessNull(Map<String, String> form, String name, String value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    private static Map<String, String> form(AccountState state, LiveCall call) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", state.account().accountSid());
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", call.sid);
        form.put("CallStatus", call.status);
        form.put("Direction", "inbound");
        form.put("From", call.from);
        form.put("To", call.to);
        return form;
    }

    private Future<Void> follow(
            AccountState state, LiveCall call, int moves, String url, Map<String, String> form, int left) {
        return webhooks.ask(state.account(), url, form).compose(document -> {
            Twiml twiml = document.isBlank() ? Twiml.parse("<Response/>") : Twiml.parse(document);
            Map<String, String> next;
            synchronized (lock) {
                // somebody may have moved the call by REST meanwhile
                if (!call.inProgress() || call.moves != moves) {
                    return Future.succeededFuture();
                }
                if (twiml.redirect() == null || left == 0) {
                    state.calls().execute(call, twiml);
                    if (twiml.enqueue() == null && twiml.connect() == null && !twiml.dials()) {
                        state.calls().end(call);
                    }
                    return Future.succeededFuture();
                }
                next = form(state, call);
            }
            Promise<Void> pause = Promise.promise();
            vertx.setTimer(Math.max(1, twiml.pauseSeconds() * 1000L), over -> pause.complete());
            return pause.future().compose(over -> follow(state, call, moves, twiml.redirect(), next, left - 1));
        });
    }
}
