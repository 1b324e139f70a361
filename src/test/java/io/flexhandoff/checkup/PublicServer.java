package io.flexhandoff.checkup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.flexhandoff.door.AddressProof;
import io.flexhandoff.org.Org;
import io.flexhandoff.support.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What stands at the public address: the application, or whatever else a test wants. */
final class PublicServer implements AutoCloseable {

    /** What it answers to a form: a status, and a body or the value of the header Location. */
    record Answer(int status, String text) {}

    private final HttpServer server;
    private Function<Map<String, String>, Answer> behaviour;

    PublicServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** With a certificate that no authority has issued. */
    private PublicServer(SSLContext selfSigned) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(selfSigned));
        server = https;
        server.start();
    }

    static PublicServer selfSigned(Path folder) throws Exception {
        Path store = SelfSigned.keyStore(folder);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return new PublicServer(context);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://localhost:" + port();
    }

    void isTheApplicationOf(Org org) {
        behaviour = form -> new Answer(200, AddressProof.of(org, form.get(AddressProof.WORD)));
    }

    void answers(int status, String text) {
        behaviour = form -> new Answer(status, text);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = behaviour.apply(Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8))));
        if (answer.status() / 100 == 3) {
            exchange.getResponseHeaders().add("Location", answer.text());
        }
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
