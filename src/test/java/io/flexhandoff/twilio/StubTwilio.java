package io.flexhandoff.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server in Twilio's place that gives one answer to everything, and remembers what it was asked. */
public final class StubTwilio implements AutoCloseable {

    public static final String ACCOUNT = "AC" + "1".repeat(32);
    public static final String TOKEN = "acme-secret-token";
    public static final Org ACME = org("acme", ACCOUNT, TOKEN);

    /** What was asked; {@code body} is still form-encoded. */
    public record Asked(String method, String path, String authorization, String body) {}

    /** What the server does with a request. */
    public interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Answer answer = status(200, "{}");

    public StubTwilio() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Org org(String name, String account, String token) {
        return new Org(
                name,
                account,
                token,
                "WS" + "2".repeat(32),
                "WW" + "3".repeat(32),
                "IS" + "4".repeat(32),
                null,
                null,
                List.of(name + "-key"),
                null,
                null,
                null);
    }

    /** A client of this server for these orgs, or for {@link #ACME}; it waits for answers half a second at most. */
    public TwilioClients clients(Org... orgs) {
        return clients(new TwilioSettings(url(), null, Duration.ofMillis(500), null, null), orgs);
    }

    public static TwilioClients clients(TwilioSettings settings, Org... orgs) {
        Map<String, Org> byName = new java.util.HashMap<>();
        for (Org org : orgs.length == 0 ? new Org[] {ACME} : orgs) {
            byName.put(org.name(), org);
        }
        return new TwilioClients(new Orgs(byName), settings);
    }

    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/twilio/");
    }

    public StubTwilio answering(Answer answer) {
        this.answer = answer;
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    public static Answer status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public static Answer error(int status, int code) {
        return status(status, "{\"status\":%d,\"code\":%d,\"message\":\"Said so\"}".formatted(status, code));
    }

    /** Takes the request, then hangs up. */
    public static Answer hangUp() {
        return HttpExchange::close;
    }

    /** Takes the request, and never answers. */
    public Answer silence() {
        return exchange -> closing.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body));
        try (exchange) {
            answer.give(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
