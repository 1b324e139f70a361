package io.flexhandoff.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls whose AI speaks by way of {@code <Connect action><ConversationRelay>}: when the session is over, the action URL is asked what
 * comes next, and the call does that (Twilio documentation, {@code <ConversationRelay>}, "Result of TwiML execution").
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

    /**
     * Ends the session of a call and does what the action URL answers; fails when it does not answer, or no URL is known.
     *
     * @param status {@code ended} by the AI's application, {@code completed} by the caller, or {@code failed}
     * @param handoffData what the application sent with its end, or {@code null}
     */
    Future<Void> end(AccountState state, LiveCall call, String status, String handoffData) {
        Map<String, String> form;
        String url;
        synchronized (lock) {
            if (call.relaySession == null) {
                return Future.succeededFuture();
            }
            url = state.workspace().relayActionUrl;
            form = form(state, call);
            form.put("SessionId", call.relaySession);
            form.put("SessionStatus", status);
            form.put(
                    "SessionDuration",
                    Long.toString(
                            Duration.between(call.startedAt, Instant.now()).toSeconds()));
            if (handoffData != null) {
                form.put("HandoffData", handoffData);
            }
            call.relaySession = null;
        }
        return url == null
                ? Future.failedFuture("The sandbox knows no action URL")
                : follow(state, call, url, form, MOST_REDIRECTS);
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

    private Future<Void> follow(AccountState state, LiveCall call, String url, Map<String, String> form, int left) {
        return webhooks.ask(state.account(), url, form).compose(document -> {
            Twiml twiml = document.isBlank() ? Twiml.parse("<Response/>") : Twiml.parse(document);
            Map<String, String> next;
            synchronized (lock) {
                // somebody may have moved the call by REST meanwhile
                if (!call.inProgress() || call.task() != null) {
                    return Future.succeededFuture();
                }
                if (twiml.redirect() == null || left == 0) {
                    state.calls().execute(call, twiml);
                    if (twiml.enqueue() == null) {
                        state.calls().end(call);
                    }
                    return Future.succeededFuture();
                }
                next = form(state, call);
            }
            Promise<Void> pause = Promise.promise();
            vertx.setTimer(Math.max(1, twiml.pauseSeconds() * 1000L), over -> pause.complete());
            return pause.future().compose(over -> follow(state, call, twiml.redirect(), next, left - 1));
        });
    }
}
