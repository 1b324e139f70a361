#!/usr/bin/env bash
# Package: org.apache.httpcomponents.client5:httpclient5 5.5.2 (Maven).
# Expected: a request object with a repeatable entity can be executed twice, as the documentation of the classic API shows retries by
#   hand; the minimal client of the same library only leaves out redirects, cookies, authentication and proxies.
# Behaviour: with HttpClients.createMinimal() the first execution leaves Content-Length in the caller's own request, and the second
#   one fails because of it, before anything is sent: ClientProtocolException, whose own message is null. With
#   HttpClients.createDefault() the caller's request stays as it was and can be executed again.
# Seen (client: first answer, second answer, Content-Length in the request after the first):
#   default: 200, 200, false
#   minimal: 200, ClientProtocolException null (Content-Length header already present), true
# Fails if that changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.httpcomponents.client5</groupId><artifactId>httpclient5</artifactId><version>5.5.2</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
</dependencies></project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > Twice.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.StringEntity;

public class Twice {
    public static void main(String[] args) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try (var usual = HttpClients.createDefault(); var minimal = HttpClients.createMinimal()) {
            twice("default", usual, url);
            twice("minimal", minimal, url);
        } finally {
            server.stop(0);
        }
    }

    static void twice(String name, CloseableHttpClient client, String url) throws Exception {
        var request = new HttpPost(url);
        request.setEntity(new StringEntity("a=b"));
        String first = send(client, request);
        boolean left = request.containsHeader("Content-Length");
        System.out.println(name + ": " + first + ", " + send(client, request) + ", " + left);
    }

    static String send(CloseableHttpClient client, HttpPost request) {
        try {
            return String.valueOf((int) client.execute(request, answer -> answer.getCode()));
        } catch (Exception e) {
            return e.getClass().getSimpleName() + " " + e.getMessage()
                    + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
        }
    }
}
JAVA
seen=$(java -cp 'lib/*' Twice.java)
echo "$seen"
[ "$seen" = 'default: 200, 200, false
minimal: 200, ClientProtocolException null (Content-Length header already present), true' ]
