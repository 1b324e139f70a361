package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.twilio.Twiml.Verb;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line that a caller's {@code <Dial>} rings: somebody picks up, hears what the noun's URL says and is connected, or nobody does (Twilio
 * documentation, "TwiML Voice: Dial" and "Number"). All of it is done under the sandbox's lock.
 */
final class DialedLine {

    static final String RINGING = "ringing";

    private static final Logger LOG = LoggerFactory.getLogger(DialedLine.class);
    private static final int USUAL_TIMEOUT = 30;

    /** What was dialed, with its headers if it is a SIP URI. */
    final String to;

    final LiveCall line;

    private final SandboxAccount account;
    private final Webhooks webhooks;
    private final Object lock;
    private final LiveCall caller;
    private final Verb dial;
    private final Verb noun;
    private final BiConsumer<String, Map<String, String>> over;
    private boolean connected;

    /** @param over goes on with the caller: asks a URL, with what it is told of the end */
    DialedLine(
            SandboxAccount account,
            Webhooks webhooks,
            Vertx vertx,
            Object lock,
            LiveCall caller,
            Verb dial,
            BiConsumer<String, Map<String, String>> over) {
        this.account = account;
        this.webhooks = webhooks;
        this.lock = lock;
        this.caller = caller;
        this.dial = dial;
        this.noun = dial.nested().get(0);
        this.over = over;
        this.to = noun.text();
        this.line = new LiveCall(caller.from, to.replaceFirst("\\?.*", ""));
        line.parent = caller.sid;
        line.status = RINGING;
        caller.onHangUp = this::callerLeft;
        vertx.setTimer(1000L * dial.seconds("timeout", USUAL_TIMEOUT), timer -> {
            synchronized (lock) {
                if (line.status.equals(RINGING)) {
                    end("no-answer");
                }
            }
        });
    }

    boolean isConnected() {
        return connected && line.inProgress();
    }

    void pickUp() {
        if (!line.status.equals(RINGING)) {
            return;
        }
        line.status = LiveCall.IN_PROGRESS;
        String told = noun.attributes().get("statusCallback");
        if (told != null) {
            tell(told, form(line));
        }
        String url = noun.attributes().get("url");
        if (url == null) {
            connect();
            return;
        }
        webhooks.ask(account, url, form(line))
                .map(Twiml::parse)
                .onFailure(problem -> LOG.warn("What is said first did not come: {}", problem.getMessage()))
                .onSuccess(document -> {
                    synchronized (lock) {
                        document.verbs().stream()
                                .filter(verb -> verb.name().equals("Say"))
                                .forEach(say ->
                                        line.hears("say " + say.attributes().get("language") + ": " + say.text()));
                        connect();
                    }
                });
    }

    private void connect() {
        connected = line.inProgress() && caller.inProgress();
    }

    /** @param unlessAnswered why nobody was connected; who has picked up hangs up */
    void end(String unlessAnswered) {
        if (line.endedAt != null) {
            return;
        }
        caller.onHangUp = null;
        over.accept(dial.attributes().get("action"), ended(unlessAnswered));
    }

    private void callerLeft() {
        Map<String, String> form = form(caller);
        form.putAll(ended("canceled"));
        form.put("CallStatus", "completed");
        tell(dial.attributes().get("action"), form);
    }

    private Map<String, String> ended(String unlessAnswered) {
        line.status = line.inProgress() ? "completed" : unlessAnswered;
        line.endedAt = Instant.now();
        Map<String, String> how = new LinkedHashMap<>();
        how.put("DialCallSid", line.sid);
        how.put("DialCallStatus", line.status);
        how.put("DialBridged", Boolean.toString(connected));
        if (connected) {
            how.put(
                    "DialCallDuration",
                    Long.toString(Duration.between(line.startedAt, line.endedAt).toSeconds()));
        }
        return how;
    }

    private void tell(String url, Map<String, String> form) {
        webhooks.ask(account, url, form)
                .onFailure(problem -> LOG.warn("What became of a dialed line was not told: {}", problem.getMessage()));
    }

    private Map<String, String> form(LiveCall call) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", account.accountSid());
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", call.sid);
        form.put("CallStatus", call.status);
        form.put("Direction", call.parent == null ? "inbound" : "outbound-dial");
        form.put("From", call.from);
        form.put("To", call.to);
        if (call.parent != null) {
            form.put("ParentCallSid", call.parent);
        }
        return form;
    }
}
