package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.twilio.Twiml.Verb;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers hear, verb by verb, as their TwiML says: after an update of the call over the API, and while they wait in a queue, whose {@code
 * waitUrl} is asked again whenever what it said is over (Twilio documentation, "TwiML Voice: Enqueue"). Words take no time here, a piece of
 * music takes a few seconds. A caller whose task somebody else has canceled goes on waiting.
 */
final class Lines {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    private static final long MUSIC_MILLIS = 3_000;
    private static final int GATHER_SECONDS = 5;
    private static final int RECORD_SECONDS = 3_600;
    private static final int MOST_WAITING = 100;

    /** Verbs that Twilio takes from a waitUrl. */
    private static final Set<String> WHILE_WAITING =
            Set.of("Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather");

    private final Vertx vertx;
    private final Webhooks webhooks;
    private final Object lock;

    /** @param lock guards the sandbox's state */
    Lines(Vertx vertx, Webhooks webhooks, Object lock) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.lock = lock;
    }

    /** Goes on with a document that has just been given to a call, under the lock. */
    void run(SandboxAccount account, Calls calls, LiveCall call, Twiml twiml) {
        if (!call.inProgress() || twiml.connect() != null) {
            return;
        }
        Line line = new Line(account, calls, call, twiml.enqueue(), twiml.verbs());
        if (twiml.enqueue() == null) {
            call.waitsSince = null;
            line.go(twiml.verbs(), 0);
        } else if (twiml.enqueue().waitUrl() != null) {
            line.askAgain();
        }
    }

    /** A call with one document of its own; over as soon as it gets another. */
    private final class Line {

        private final SandboxAccount account;
        private final Calls calls;
        private final LiveCall call;
        private final Twiml.Enqueue enqueue;
        private final List<Verb> document;
        private final int moves;
        private boolean waits;

        Line(SandboxAccount account, Calls calls, LiveCall call, Twiml.Enqueue enqueue, List<Verb> document) {
            this.account = account;
            this.calls = calls;
            this.call = call;
            this.enqueue = enqueue;
            this.document = document;
            this.moves = call.moves;
            this.waits = enqueue != null;
        }

        private boolean isOver() {
            boolean accepted =
                    waits && Set.of("assigned", "wrapping", "completed").contains(call.task().status);
            if (accepted) {
                call.waitsSince = null;
            }
            return accepted || !call.inProgress() || call.moves != moves;
        }

        private void askAgain() {
            ask(enqueue.waitUrl(), Map.of());
        }

        private void ask(String url, Map<String, String> more) {
            if (isOver()) {
                return;
            }
            Map<String, String> form = form();
            form.putAll(more);
            webhooks.ask(account, url, form)
                    .map(text -> Twiml.parse(text.isBlank() ? "<Response/>" : text))
                    .onFailure(problem -> failed(url, problem))
                    .onSuccess(next -> {
                        synchronized (lock) {
                            if (isOver()) {
                                return;
                            }
                            if (waits) {
                                go(next.verbs(), 0);
                            } else {
                                calls.execute(call, next);
                            }
                        }
                    });
        }

        private void failed(String url, Throwable problem) {
            LOG.warn("A caller's TwiML did not come: {}", problem.getMessage());
            synchronized (lock) {
                if (waits) {
                    later(MUSIC_MILLIS, this::askAgain);
                } else if (!isOver()) {
                    calls.end(call);
                }
            }
        }

        private Map<String, String> form() {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("AccountSid", account.accountSid());
            form.put("ApiVersion", "2010-04-01");
            form.put("CallSid", call.sid);
            form.put("CallStatus", call.status);
            form.put("Direction", "inbound");
            form.put("From", call.from);
            form.put("To", call.to);
            if (waits) {
                addQueue(form);
            }
            return form;
        }

        private void addQueue(Map<String, String> form) {
            List<LiveCall> waiting = new ArrayList<>(calls.waiting(call.task().workflow));
            Instant now = Instant.now();
            long all = waiting.stream()
                    .mapToLong(other -> Duration.between(other.waitsSince, now).toSeconds())
                    .sum();
            form.put("QueueSid", new WaitQueue(call.task().workflow.sid).sid);
            form.put("QueuePosition", Integer.toString(waiting.indexOf(call) + 1));
            form.put("QueueTime", Long.toString(waited(now)));
            form.put("AvgQueueTime", Long.toString(waiting.isEmpty() ? 0 : all / waiting.size()));
            form.put("CurrentQueueSize", Integer.toString(waiting.size()));
            form.put("MaxQueueSize", Integer.toString(MOST_WAITING));
        }

        private long waited(Instant now) {
            return call.waitsSince == null
                    ? 0
                    : Duration.between(call.waitsSince, now).toSeconds();
        }

        /** Does the verbs from a place on. */
        private void go(List<Verb> verbs, int place) {
            if (isOver()) {
                return;
            }
            if (place == verbs.size()) {
                end();
                return;
            }
            Verb verb = verbs.get(place);
            if (waits && !WHILE_WAITING.contains(verb.name())) {
                LOG.warn("Twilio takes no <{}> from a waitUrl", verb.name());
                go(verbs, place + 1);
                return;
            }
            switch (verb.name()) {
                case "Pause" -> later(1000L * verb.seconds("length", 1), () -> go(verbs, place + 1));
                case "Say", "Play" -> later(hear(verb), () -> go(verbs, place + 1));
                case "Gather" -> gather(verb, () -> go(verbs, place + 1));
                case "Record" -> record(verb);
                case "Dial" -> call.dialed.add(new DialedLine(account, webhooks, vertx, lock, call, verb, this::ask));
                case "Redirect" -> ask(verb.text(), Map.of());
                case "Leave" -> leave();
                case "Hangup" -> calls.end(call);
                default -> go(verbs, place + 1);
            }
        }

        private void end() {
            if (waits) {
                // at once would be again and again
                later(1, this::askAgain);
            } else {
                calls.end(call);
            }
        }

        private void leave() {
            waits = false;
            Map<String, String> left = new LinkedHashMap<>();
            left.put("QueueResult", "leave");
            left.put("QueueTime", Long.toString(waited(Instant.now())));
            calls.leave(call);
            if (enqueue.action() != null) {
                ask(enqueue.action(), left);
                return;
            }
            int after = 0;
            while (!document.get(after).name().equals("Enqueue")) {
                after++;
            }
            go(document, after + 1);
        }

        /** Says or plays; how long it takes. */
        private long hear(Verb verb) {
            if (verb.name().equals("Say")) {
                call.hears("say " + verb.attributes().getOrDefault("language", "en-US") + ": " + verb.text());
                return 0;
            }
            call.hears("play " + verb.text());
            return MUSIC_MILLIS;
        }

        private void gather(Verb gather, Runnable next) {
            int[] asked = new int[1];
            call.keys = digits -> {
                asked[0]++;
                call.keys = null;
                ask(gather.attributes().get("action"), Map.of("Digits", digits));
            };
            long takes = gather.nested().stream()
                    .filter(verb -> Set.of("Say", "Play").contains(verb.name()))
                    .mapToLong(this::hear)
                    .sum();
            later(takes + 1000L * gather.seconds("timeout", GATHER_SECONDS), () -> {
                if (asked[0] == 0) {
                    call.keys = null;
                    next.run();
                }
            });
        }

        private void record(Verb record) {
            call.hears("record");
            Recording recording = calls.record(call, false, "inbound");
            boolean[] done = new boolean[1];
            Runnable finished = () -> {
                if (!done[0]) {
                    done[0] = true;
                    call.keys = null;
                    call.onHangUp = null;
                    recorded(record, recording);
                }
            };
            call.keys = digits -> finished.run();
            call.onHangUp = finished;
            later(1000L * record.seconds("maxLength", RECORD_SECONDS), finished);
        }

        private void recorded(Verb record, Recording recording) {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("RecordingSid", recording.sid);
            about.put(
                    "RecordingUrl",
                    "https://api.twilio.com/2010-04-01/Accounts/" + account.accountSid() + "/Recordings/"
                            + recording.sid);
            about.put(
                    "RecordingDuration",
                    Long.toString(
                            Duration.between(recording.startedAt, Instant.now()).toSeconds()));
            String callback = record.attributes().get("recordingStatusCallback");
            if (callback != null) {
                Map<String, String> form = form();
                form.putAll(about);
                form.put("RecordingStatus", "completed");
                webhooks.ask(account, callback, form)
                        .onFailure(problem -> LOG.warn("A recording's end was not told: {}", problem.getMessage()));
            }
            ask(record.attributes().get("action"), about);
        }

        private void later(long millis, Runnable step) {
            if (millis == 0) {
                step.run();
                return;
            }
            vertx.setTimer(millis, timer -> {
                synchronized (lock) {
                    if (!isOver()) {
                        step.run();
                    }
                }
            });
        }
    }
}
