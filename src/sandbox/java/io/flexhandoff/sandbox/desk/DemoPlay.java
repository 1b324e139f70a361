package io.flexhandoff.sandbox.desk;

import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One play of a recorded script: an AI phone platform that posts to the API what is said, when it is said.
 *
 * <p>One request is in flight at a time, in order. A 503, another server error or a dropped connection is tried again, as the API
 * allows; the rest of the script then waits. Any other refusal ends the play.
 */
final class DemoPlay {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPlay.class);
    private static final int TRIES = 8;
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int OFFER_PAUSE_MILLIS = 200;
    private static final int OFFER_TRIES = 150;

    private final Vertx vertx;
    private final Sandbox sandbox;
    private final Context context;
    private final HttpClient http;
    private final URI call;
    private final String apiKey;
    private final String callSid;
    private final DemoScript script;
    private List<DemoScript.Post> posts;
    private long started = System.nanoTime();
    private Future<Void> sent = Future.succeededFuture();
    private long timer;
    private volatile int accepted;
    private volatile String state = "playing";
    private volatile String failure;

    /**
     * @param call the call's address in the API
     * @param reconnects whether the platform's connection to the call is lost for a moment
     */
    DemoPlay(
            Vertx vertx,
            Sandbox sandbox,
            URI call,
            String apiKey,
            String callSid,
            DemoScript script,
            boolean reconnects) {
        this.vertx = vertx;
        this.sandbox = sandbox;
        this.context = vertx.getOrCreateContext();
        this.http = vertx.createHttpClient();
        this.call = call;
        this.apiKey = apiKey;
        this.callSid = callSid;
        this.script = script;
        this.posts = script.posts(callSid, Instant.now(), reconnects);
    }

    void start() {
        context.runOnContext(now -> schedule(0));
    }

    /** The AI speaks as soon as TaskRouter's offer has brought the call to it. */
    void startWhenAiHasIt() {
        context.runOnContext(now -> await(OFFER_TRIES));
    }

    private void await(int tries) {
        if (sandbox.ai().isWithAi(callSid)) {
            posts = script.posts(callSid, Instant.now());
            started = System.nanoTime();
            schedule(0);
        } else if (tries == 0) {
            sent = Future.failedFuture("TaskRouter's offer to the AI worker was not accepted");
            finish();
        } else {
            timer = vertx.setTimer(OFFER_PAUSE_MILLIS, again -> await(tries - 1));
        }
    }

    /** The caller has hung up: nothing more is said. */
    void stop() {
        context.runOnContext(now -> {
            if (vertx.cancelTimer(timer)) {
                send(new DemoScript.Post(0, "/end", DemoScript.ended(Instant.now(), "abandoned")));
                finish();
            }
        });
    }

    JsonObject json() {
        return new JsonObject()
                .put("callSid", callSid)
                .put("script", script.name())
                .put("state", state)
                .put("accepted", accepted)
                .put("posts", posts.size())
                .put("failure", failure);
    }

    private void schedule(int next) {
        if (next == posts.size()) {
            finish();
            return;
        }
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        timer = vertx.setTimer(Math.max(1, posts.get(next).at() - elapsed), fired -> {
            send(posts.get(next));
            schedule(next + 1);
        });
    }

    private void send(DemoScript.Post post) {
        sent = sent.compose(before -> attempt(post, 1))
                .onSuccess(done -> accepted++)
                .onFailure(problem -> {
                    if (vertx.cancelTimer(timer)) {
                        finish();
                    }
                });
    }

    private void finish() {
        sent.onComplete(result -> {
            if (result.failed()) {
                failure = result.cause().getMessage();
                LOG.warn("The demo call {} ({}) stopped: {}", callSid, script.name(), failure);
            }
            state = result.failed() ? "failed" : "done";
            http.close();
        });
    }

    private Future<Void> attempt(DemoScript.Post post, int tries) {
        return request(post).recover(problem -> {
            boolean forGood = problem instanceof Refused refused && refused.status < 500;
            if (forGood || tries == TRIES) {
                return Future.failedFuture(problem);
            }
            LOG.info("The demo call {} tries again: {}", callSid, problem.getMessage());
            Promise<Void> pause = Promise.promise();
            vertx.setTimer((long) FIRST_PAUSE_MILLIS << (tries - 1), fired -> pause.complete());
            return pause.future().compose(over -> attempt(post, tries + 1));
        });
    }

    private Future<Void> request(DemoScript.Post post) {
        // behind ConversationRelay the escalation is the end of the session, and no request to the API
        if (post.path().equals("/escalation") && sandbox.ai().isOnRelay(callSid)) {
            return sandbox.ai().end(callSid, post.body().encode());
        }

        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(call + post.path())
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Authorization", "Bearer " + apiKey)
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> request.send(post.body().toBuffer()))
                .compose(answer -> answer.body()
                        .compose(body -> answer.statusCode() == 202
                                ? closeStreamAfter(post)
                                : Future.failedFuture(refusal(post, answer, body.toString()))));
    }

    /** An agent on a stream is done with the caller once it has escalated. */
    private Future<Void> closeStreamAfter(DemoScript.Post post) {
        return post.path().equals("/escalation") ? sandbox.ai().closeStream(callSid) : Future.succeededFuture();
    }

    private static Refused refusal(DemoScript.Post post, HttpClientResponse answer, String body) {
        String detail = answer.statusMessage();
        try {
            detail = new JsonObject(body).getString("detail", detail);
        } catch (DecodeException | ClassCastException e) {
            // not problem details: the status has to do
        }
        return new Refused(
                answer.statusCode(), "POST …" + post.path() + " was answered " + answer.statusCode() + ", " + detail);
    }

    private static final class Refused extends RuntimeException {
        private final int status;

        Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }
}
