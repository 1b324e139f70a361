#!/usr/bin/env bash
# Packages: org.apache.camel:camel-core, camel-rest-openapi and camel-platform-http-vertx 4.17.0 (Maven).
# Expected: rest: openApi: serves the operations of its document as rest: get: would, with the same headers for the same request, and leaves
#   other paths to others.
# Behaviour: a path parameter reaches the route decoded when the operation is written out, and percent-encoded when it comes from a document:
#   %2B1415 is the caller's number in one and not in the other. Query parameters are decoded in both. And a document without a base path
#   takes every path: of two rests written out beside it, the one that is defined before it is reached, the one after it answers 404;
#   a platform-http route is reached wherever it stands.
# Seen (a request's answer: the header id and the query parameter q in the route, or the status):
#   GET .../%2B1415%20x?q=%2B1415%20x: document %2B1415%20x +1415 x | rest before +1415 x +1415 x | platform-http +1415 x +1415 x
#   rest after: 404 | the same without the document: +1415 x +1415 x
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-rest-openapi</artifactId><version>4.17.0</version></dependency>
<dependency><groupId>org.apache.camel</groupId><artifactId>camel-platform-http-vertx</artifactId><version>4.17.0</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > api.yaml <<'YAML'
openapi: 3.0.3
info: {title: calls, version: '1'}
paths:
  /document/{id}:
    get:
      operationId: shown
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, schema: {type: string}}
      responses:
        '200': {description: shown, content: {text/plain: {schema: {type: string}}}}
YAML
cat > Rest.java <<'JAVA'
import java.net.*;
import java.net.http.*;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.*;
import org.apache.camel.impl.DefaultCamelContext;

public class Rest {
    static int port;

    public static void main(String[] args) throws Exception {
        try (var camel = started(true)) {
            System.out.println("GET .../%2B1415%20x?q=%2B1415%20x: document " + ask("document") + " | rest before " + ask("before")
                    + " | platform-http " + ask("plain"));
            System.out.print("rest after: " + ask("after"));
        }
        try (var camel = started(false)) {
            System.out.println(" | the same without the document: " + ask("after"));
        }
        System.exit(0);
    }

    static DefaultCamelContext started(boolean document) throws Exception {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(port);
        var camel = new DefaultCamelContext();
        camel.addService(new VertxPlatformHttpServer(settings));
        camel.addRoutes(new RouteBuilder() {
            @Override public void configure() {
                restConfiguration().component("platform-http");
                rest("/before").get("/{id}").to("direct:before");
                if (document) {
                    rest().openApi("file:api.yaml");
                }
                rest("/after").get("/{id}").to("direct:after");
                for (String route : new String[] {"direct:shown", "direct:before", "direct:after", "platform-http:/plain/{id}"}) {
                    from(route).setBody(simple("${header.id} ${header.q}"));
                }
            }
        });
        camel.start();
        return camel;
    }

    static String ask(String path) throws Exception {
        var answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path + "/%2B1415%20x?q=%2B1415%20x")).build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? answer.body() : String.valueOf(answer.statusCode());
    }
}
JAVA
seen=$(java -cp 'lib/*' Rest.java 2>/dev/null)
echo "$seen"
[ "$seen" = 'GET .../%2B1415%20x?q=%2B1415%20x: document %2B1415%20x +1415 x | rest before +1415 x +1415 x | platform-http +1415 x +1415 x
rest after: 404 | the same without the document: +1415 x +1415 x' ]
