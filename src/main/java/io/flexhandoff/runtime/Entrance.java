package io.flexhandoff.runtime;

import io.flexhandoff.api.Admission;
import io.flexhandoff.api.Problem;
import io.flexhandoff.door.MissedDoors;
import io.flexhandoff.metrics.HandoffMetrics;
import io.flexhandoff.runtime.ApiPaths.ApiPath;
import io.flexhandoff.runtime.ApiPaths.Operation;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request passes before a route has it. It is judged by its head; a body is read only when it may be, when there is room
 * for it, and for as long as it may take.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    /** All but the sandbox, which what is in hand may need. */
    private static final String OF_ROUTES = "(?!/sandbox).*";

    private static final String OF_FORMS = "/(voice|webhooks)/.*";

    private static final Pattern FORM =
            Pattern.compile("\\s*(application/x-www-form-urlencoded|multipart/)", Pattern.CASE_INSENSITIVE);

    /** Key of a request's {@code operationId}. */
    private static final String OPERATION = "operation";

    /** Key of a request that may be as long as is known, since there is no room for the rest. */
    private static final String SHORT = "short";

    private final HttpSettings settings;
    private final Admission admission;
    private final MissedDoors missed;
    private final HandoffMetrics metrics;
    private final ApiPaths paths = new ApiPaths();
    private final BodyRoom room;
    private final BodyHandler bodies;
    private final BodyHandler smallBodies = BodyHandler.create(false).setBodyLimit(BodyRoom.SMALL);
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    Entrance(HttpSettings settings, BodyRoom room, Admission admission, MissedDoors missed, HandoffMetrics metrics) {
        this.settings = settings;
        this.admission = admission;
        this.missed = missed;
        this.metrics = metrics;
        this.room = room;
        this.bodies = BodyHandler.create(false).setBodyLimit(settings.maxBodyBytes());
    }

    /** Stands before all routes of the router. */
    void guard(Router router) {
        answer(router, 400, "Bad request", "The path or the form cannot be read");
        answer(router, 401, "Unauthorized", "Authorization must carry a bearer key of the org");
        answer(router, 404, "Not found", "There is nothing at this path");
        answer(router, 405, "Method not allowed", "This path does not take this method");
        answer(router, 413, "Content too large", "body: more than " + settings.maxBodyBytes() + " bytes");
        answer(router, 415, "Unsupported media type", "Content-Type: must be application/json");
        answer(router, 503, "Service unavailable", "The application is being stopped: send it again");
        answer(router, 500, "Internal error", "The request failed; nothing was taken in");
        router.route().failureHandler(Entrance::leaveWhoHasLeft);
        router.routeWithRegex(OF_ROUTES).handler(this::refuseWhenClosed);
        router.routeWithRegex(OF_FORMS).handler(Entrance::refuseEncodedForms);
        router.route("/api/*")
                .handler(Entrance::keepCredentials)
                .handler(Entrance::refuseForms)
                .handler(this::admit);
    }

    /** No request is let in any more. */
    void close() {
        closed = true;
    }

    /** One connection too many is closed at once. */
    void connected(HttpConnection connection) {
        if (connections.incrementAndGet() > settings.maxConnections()) {
            connection.close();
        }
        connection.closeHandler(done -> connections.decrementAndGet());
    }

    private void refuseWhenClosed(RoutingContext request) {
        if (closed) {
            request.response().putHeader("Connection", "close");
            request.fail(503);
        } else {
            request.next();
        }
    }

    /** Camel answers an unknown operation with the headers of the request, the key among them. */
    private static void keepCredentials(RoutingContext request) {
        request.addHeadersEndHandler(done -> request.response().headers().remove("Authorization"));
        request.next();
    }

    /** The API knows no forms, whose fields Camel would take for headers, of the answer too. */
    private static void refuseForms(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type != null && FORM.matcher(type).lookingAt()) {
            request.fail(415);
        } else {
            request.next();
        }
    }

    private void admit(RoutingContext request) {
        ApiPath path = paths.find(request.normalizedPath());
        if (path == null) {
            request.fail(404);
            return;
        }
        Operation operation = path.operations().get(request.request().method().name());
        if (operation == null) {
            request.response()
                    .putHeader("Allow", String.join(", ", path.operations().keySet()));
            request.fail(405);
            return;
        }
        try {
            admission.judge(operation.id(), path.org(), request.request().getHeader("Authorization"));
        } catch (Problem problem) {
            metrics.refused(null, path.org(), problem.getStatus());
            request.fail(problem.getStatus(), problem);
            return;
        }
        // Camel takes what is left for headers, such as Authorization
        if (request.request().query() != null) {
            request.queryParams().names().stream()
                    .filter(name -> !operation.parameters().contains(name))
                    .toList()
                    .forEach(request.queryParams()::remove);
        }
        request.put(OPERATION, operation.id());
        request.next();
    }

    /** Twilio sends forms as they are: what is compressed cannot be read, and would be taken for a forgery. */
    private static void refuseEncodedForms(RoutingContext request) {
        String encoding = request.request().getHeader("Content-Encoding");
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
            request.next();
        } else {
            request.fail(415, new Problem(415, "Unsupported media type", "Content-Encoding: a form is taken without"));
        }
    }

    /** Reads the body of a request that was let in, when there is room for it. */
    void readBody(RoutingContext request) {
        String operation = request.get(OPERATION);
        boolean first = operation != null && Admission.goesFirst(operation);
        long length = length(request.request());
        if (length > settings.maxBodyBytes()) {
            request.fail(413);
        } else if (length >= 0) {
            readInto(request, length, first, bodies);
        } else if (!room.take(settings.maxBodyBytes(), first)) {
            // one that does not say how long it is may still be short
            request.put(SHORT, true);
            readInto(request, BodyRoom.SMALL, first, smallBodies);
        } else {
            read(request, settings.maxBodyBytes(), bodies);
        }
    }

    /** Bytes; less than 0 when it does not say. */
    private static long length(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : -1;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void readInto(RoutingContext request, long bytes, boolean first, BodyHandler reader) {
        if (room.take(bytes, first)) {
            read(request, bytes, reader);
        } else {
            request.fail(503, Admission.noRoom());
        }
    }

    private void read(RoutingContext request, long bytes, BodyHandler reader) {
        long timer = request.vertx().setTimer(settings.requestTimeout().toMillis(), late -> {
            if (!request.request().isEnded()) {
                request.request().connection().close();
            }
        });
        request.addEndHandler(done -> {
            request.vertx().cancelTimer(timer);
            room.give(bytes);
        });
        reader.handle(request);
    }

    /** It is no failure of ours that a connection is closed, and there is nobody to answer. */
    private static void leaveWhoHasLeft(RoutingContext request) {
        if (!request.response().closed() && !(request.failure() instanceof HttpClosedException)) {
            request.next();
        }
    }

    private void answer(Router router, int status, String title, String detail) {
        router.errorHandler(status, request -> {
            if (status != 500) {
                missed.refused(request.request(), status);
            } else {
                // not its path, which may hold a webhook token
                LOG.error("A request failed before any route had it", request.failure());
            }
            if (request.response().ended()) {
                return;
            }
            Problem problem = problem(request, new Problem(status, title, detail));
            if (problem.getRetryAfter() != null) {
                request.response()
                        .putHeader("Retry-After", problem.getRetryAfter().toString());
            }
            request.response()
                    .setStatusCode(problem.getStatus())
                    .putHeader("Content-Type", "application/problem+json")
                    .end(new JsonObject(problem.body()).encode());
        });
    }

    private static Problem problem(RoutingContext request, Problem usual) {
        if (usual.getStatus() == 413 && request.get(SHORT) != null) {
            return Admission.noRoom();
        }
        return request.failure() instanceof Problem known ? known : usual;
    }
}
