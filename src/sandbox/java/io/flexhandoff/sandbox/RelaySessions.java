package io.flexhandoff.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls whose AI speaks by way of {@code <Connect action>} with {@code <ConversationRelay>} or {@code <Stream>}: when that is over, the
 * action URL is asked what comes next, and the call does that (Twilio documentation, {@code <ConversationRelay>}, "Result of TwiML
 * execution"). Of a stream the request tells nothing but the call.
 */
final class RelaySessions {

    /** A document may point to the next so often. */
    private static final int MOST_REDIRECTS = 20;

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Object lock;

    /** @param lock guards the sandbox's state */
    RelaySessions(Vertx vertx, Webhooks webhooks, Object lock) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.lock = lock;
    }

    /** How a session ended. @param handoffData what the application sent with its end, or {@code null} @param error code, or {@code null} */
    record Ending(String status, String handoffData, String error) {}

    /**
     * Ends the session or stream of a call and does what the action URL answers; fails when it does not answer, or no URL is known.
     */
    Future<Void> end(AccountState state, LiveCall call, Ending ending) {
        Map<String, String> form;
        String url;
        int moves;
        synchronized (lock) {
            if (call.connected == null) {
                return Future.succeededFuture();
            }
            url = call.connectAction == null ? state.workspace().relayActionUrl : call.connectAction;
            form = form(state, call);
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
            moves = call.moves;
        }
        return url == null
                ? Future.failedFuture("The sandbox knows no action URL")
                : follow(state, call, moves, url, form, MOST_REDIRECTS);
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
                    if (twiml.enqueue() == null && twiml.connect() == null) {
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
