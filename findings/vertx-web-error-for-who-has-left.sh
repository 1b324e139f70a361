#!/usr/bin/env bash
# Package: io.vertx:vertx-web 4.5.32 (Maven).
# Expected: a client that goes away in the middle of its body is a failure of its request, and goes to the error handler that the router
#   has for 500, as other failures do that no route handles.
# Behaviour: the error handler is not called, and vertx-web itself logs "Unhandled exception in router" at level ERROR, with a stack
#   trace, for each such client. Only a route's failure handler that does not pass the failure on keeps it out of the log. So an
#   application that handles all errors still sets off alerts on ERROR when a phone loses its network.
# Seen (handlers: calls of the error handler, lines of the log at ERROR):
#   none: 0, 1
#   error handler for 500: 0, 1
#   failure handler that ends there: 0, 0
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>io.vertx</groupId><artifactId>vertx-web</artifactId><version>4.5.32</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Left.java <<'JAVA'
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

public class Left {
    static final AtomicInteger errors = new AtomicInteger();

    public static void main(String[] args) throws Exception {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) root.removeHandler(handler);
        root.addHandler(new Handler() {
            @Override public void publish(LogRecord line) {
                if (line.getLevel() == Level.SEVERE && line.getMessage().contains("Unhandled exception in router")) {
                    errors.incrementAndGet();
                }
            }
            @Override public void flush() {}
            @Override public void close() {}
        });
        leave("none", false, false);
        leave("error handler for 500", true, false);
        leave("failure handler that ends there", true, true);
        System.exit(0);
    }

    static void leave(String name, boolean errorHandler, boolean failureHandler) throws Exception {
        Vertx vertx = Vertx.vertx();
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var called = new AtomicInteger();
        Router router = Router.router(vertx);
        if (errorHandler) {
            router.errorHandler(500, request -> called.incrementAndGet());
        }
        if (failureHandler) {
            router.route().failureHandler(request -> {});
        }
        router.route().handler(request -> {
            request.addEndHandler(done -> vertx.runOnContext(after -> ended.countDown()));
            begun.countDown();
            request.next();
        });
        router.route().handler(BodyHandler.create(false)).handler(request -> request.end("all of it"));
        var server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().get();
        int before = errors.get();
        try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.getOutputStream().write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{".getBytes());
            begun.await();
        }
        ended.await();
        vertx.close().toCompletionStage().toCompletableFuture().get();
        System.out.println(name + ": " + called + ", " + (errors.get() - before));
    }
}
JAVA
seen=$(java -cp 'lib/*' Left.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'none: 0, 1
error handler for 500: 0, 1
failure handler that ends there: 0, 0' ]
