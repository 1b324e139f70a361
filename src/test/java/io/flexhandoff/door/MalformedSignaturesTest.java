package io.flexhandoff.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import io.flexhandoff.support.TwilioPost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Ten thousand signatures, tokens and keys of every shape, by the byte: each is the sender's mistake, and none opens a door. */
@HandoffTest
@TestPropertySource(properties = "camel.main.name=malformed-signatures")
class MalformedSignaturesTest {

    private static final int REQUESTS = 10_000;
    private static final int CONNECTIONS = 8;
    private static final List<String> DOORS = List.of(
            "/webhooks/demo/%s",
            "/webhooks/demo/%s/events?bodySHA256=00",
            "/voice/demo/%s/connect-action",
            "/voice/demo/%s/connect-action/again",
            "/voice/demo/%s/status",
            "/voice/demo/%s/transcription",
            "/voice/demo/%s/wait/en/0",
            "/voice/demo/%s/hold/0");
    private static final List<String> OPERATIONS = List.of(
            "/api/v1/orgs/demo/calls/CA00000000000000000000000000000001/transcript",
            "/api/v1/orgs/demo/calls/CA00000000000000000000000000000001/escalation",
            "/api/v1/orgs/demo/connect");
    private static final String FORM = "AccountSid=AC1&CallSid=CA00000000000000000000000000000001";

    @Autowired
    private HandoffRuntime runtime;

    @Test
    void noneOpensADoorAndNoneIsOurFault() throws Exception {
        long seed = System.nanoTime();
        Map<Integer, Integer> answers = new TreeMap<>();
        try (LogWatch log = new LogWatch()) {
            ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
            try {
                List<Future<List<Integer>>> sent = IntStream.range(0, CONNECTIONS)
                        .mapToObj(sender -> senders.submit(() -> send(new Random(seed + sender))))
                        .toList();
                for (Future<List<Integer>> each : sent) {
                    each.get().forEach(status -> answers.merge(status, 1, Integer::sum));
                }
            } finally {
                senders.shutdownNow();
            }

            assertThat(answers.keySet())
                    .as("seed %d: %s", seed, answers)
                    .allMatch(status -> status >= 400 && status < 500);
            assertThat(answers.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(REQUESTS);
            assertThat(answers.get(403)).as("refused by a door").isGreaterThan(REQUESTS / 4);
            assertThat(answers.get(401)).as("refused by the API: %s", answers).isGreaterThan(REQUESTS / 20);
            assertThat(log.lines()).as("seed %d", seed).noneMatch(line -> line.contains("Exception"));
        }
        Org demo = runtime.twilio().org("demo");
        assertThat(TwilioPost.to(runtime.port(), "/webhooks/demo/" + demo.webhookToken(), demo.authToken())
                        .with("AccountSid", demo.accountSid())
                        .with("WorkspaceSid", demo.workspaceSid())
                        .with("EventType", "worker.activity.update")
                        .send()
                        .statusCode())
                .as("Twilio's own")
                .isEqualTo(204);
    }

    private List<Integer> send(Random random) throws IOException {
        List<Integer> answers = new ArrayList<>();
        try (RawHttp http = new RawHttp(runtime.port())) {
            while (answers.size() < REQUESTS / CONNECTIONS) {
                answers.add(http.send(request(random)));
            }
        }
        return answers;
    }

    private byte[] request(Random random) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        boolean door = random.nextInt(4) > 0;
        String path = door
                ? pick(random, DOORS)
                        .formatted(
                                random.nextBoolean()
                                        ? runtime.twilio().org("demo").webhookToken()
                                        : token(random))
                : pick(random, OPERATIONS);
        text(request, "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        if (door) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                header(request, "X-Twilio-Signature", value(random));
            }
            if (random.nextBoolean()) {
                header(request, "X-Twilio-Webhooks-Signature-Settings", settings(random));
            }
        } else {
            header(request, "Authorization", random.nextBoolean() ? value(random) : key(random));
        }
        text(
                request,
                "Content-Type: "
                        + (door && random.nextInt(5) > 0 ? "application/x-www-form-urlencoded" : "application/json")
                        + "\r\nContent-Length: " + FORM.length() + "\r\n\r\n" + FORM);
        return request.toByteArray();
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static void text(ByteArrayOutputStream request, String text) throws IOException {
        request.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void header(ByteArrayOutputStream request, String name, byte[] value) throws IOException {
        text(request, name + ": ");
        request.write(value);
        text(request, "\r\n");
    }

    /** As part of a path. */
    private static String token(Random random) {
        return pick(
                random,
                List.of(
                        "x",
                        "%",
                        "%00",
                        "%zz",
                        "%c3%28",
                        "%2e%2e",
                        "..%2f..",
                        "a%20b",
                        "%E2%82%AC",
                        "%0d%0aX:y",
                        "{token}",
                        "${env:HOME}",
                        "'or'1'='1",
                        "t".repeat(1 + random.nextInt(3_000)),
                        new String(bytes(random, 1 + random.nextInt(40)), StandardCharsets.ISO_8859_1)
                                .replaceAll("[\\s?#]", "_")));
    }

    private static byte[] value(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> bytes(random, 1 + random.nextInt(200));
            case 2 -> Base64.getEncoder().encode(bytes(random, random.nextBoolean() ? 20 : 32));
            case 3 ->
                ascii(new String(Base64.getEncoder().encode(bytes(random, 20)), StandardCharsets.US_ASCII)
                                .substring(random.nextInt(20))
                        + pick(random, List.of("", "=", "===", " ", "\t,", "\u00e9")));
            case 4 -> ascii("A".repeat(random.nextInt(7_000)));
            default -> ascii(pick(random, List.of("null", "=", ",", "\"\"", "%00", "sha1=0", "${jndi:ldap://x/y}")));
        };
    }

    private static byte[] settings(Random random) {
        StringBuilder settings = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            settings.append(pick(random, List.of("key", "algorithm", "KEY", "Algorithm", "", "=", "other")))
                    .append(pick(random, List.of("=", "==", "", ":", " = ")))
                    .append(pick(
                            random,
                            List.of(
                                    "",
                                    "WK1",
                                    "HMAC_SHA256",
                                    "HMAC_SHA1",
                                    "HMAC_MD5",
                                    "none",
                                    "\u0001",
                                    "\u00ff",
                                    "k".repeat(random.nextInt(2_000)))))
                    .append(pick(random, List.of(",", ";", "", ",,", " , ")));
        }
        return ascii(settings.toString());
    }

    private static byte[] key(Random random) {
        return ascii(pick(random, List.of("Bearer", "bearer", "Basic", "Bearer Bearer", "", "Digest"))
                + pick(random, List.of("", " ", "  ", "\t", ", "))
                + new String(value(random), StandardCharsets.ISO_8859_1));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Any but those that end a line. */
    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            do {
                bytes[i] = (byte) random.nextInt(256);
            } while (bytes[i] == '\r' || bytes[i] == '\n');
        }
        return bytes;
    }
}
