package io.flexhandoff.unanswered;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where callers come back to: answers Twilio that it is to connect them with an agent on a stream, and remembers who came. */
final class AiPhone implements AutoCloseable {

    private static final Pattern CALL = Pattern.compile("CallSid=(CA[0-9a-f]{32})");
    private static final byte[] TWIML =
            "<Response><Connect><Stream url=\"wss://ai.example.com/media\"/></Connect></Response>"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    AiPhone() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher call = CALL.matcher(URLDecoder.decode(form, StandardCharsets.UTF_8));
            asked.add((call.find() ? call.group(1) : "nobody") + " "
                    + exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, TWIML.length);
            exchange.getResponseBody().write(TWIML);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/voice?tenant=7";
    }

    /** With which query Twilio asked for a call, each time. */
    List<String> asked(String callSid) {
        synchronized (asked) {
            return asked.stream()
                    .filter(one -> one.startsWith(callSid + " "))
                    .map(one -> one.substring(callSid.length() + 1))
                    .toList();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
