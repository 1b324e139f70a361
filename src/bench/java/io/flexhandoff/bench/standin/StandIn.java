package io.flexhandoff.bench.standin;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Twilio's REST API for a benchmark: {@code /{product}/{path}}, all on one thread, each answer held back for a while
 * without a thread. What it is asked and does not know is answered 404 and remembered.
 *
 * <p>Any SID of a call is one of a live call, any account and any service is known, and no credentials are checked.
 */
public final class StandIn {

    /** What it prints when requests can come. */
    public static final String READY = "The stand-in is ready";

    private final Vertx vertx;
    private final State state = new State();
    private final Latency latency;
    private final Control control;

    private StandIn(Vertx vertx, int latencyMillis) {
        this.vertx = vertx;
        latency = new Latency(latencyMillis);
        control = new Control(state, latency);
    }

    /** @param arguments port, and how long each answer takes, ms */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        StandIn standIn = new StandIn(vertx, Integer.parseInt(arguments[1]));
        vertx.createHttpServer(new HttpServerOptions()
                        .setHost("localhost")
                        .setPort(Integer.parseInt(arguments[0]))
                        .setMaxFormAttributeSize(-1)
                        .setTcpNoDelay(true))
                .requestHandler(standIn::take)
                .listen()
                .onSuccess(server -> System.out.println(READY))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (request.path().startsWith("/bench/")) {
                reply(request.response(), control.answer(request, body));
            } else {
                play(request, body);
            }
        });
    }

    private void play(HttpServerRequest request, Buffer body) {
        Asked asked = new Asked(request.method().name(), request.path(), request.query(), body.toString());
        state.begins(asked);
        Answer answer = Products.answer(state, asked);
        long millis = latency.of(request.getHeader("Authorization"));
        if (millis == 0) {
            end(request.response(), asked, answer);
        } else {
            vertx.setTimer(millis, timer -> end(request.response(), asked, answer));
        }
    }

    private void end(HttpServerResponse response, Asked asked, Answer answer) {
        state.ends(asked);
        answer.onSent().run();
        reply(response, answer);
    }

    private static void reply(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status()).putHeader("Content-Type", "application/json");
        if (answer.etag() != null) {
            response.putHeader("ETag", answer.etag());
        }
        response.end(answer.body());
    }
}
