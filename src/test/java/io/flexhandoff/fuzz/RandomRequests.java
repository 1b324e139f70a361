package io.flexhandoff.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.org.Org;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests to every door and operation: some as they should be, most of them wrong in one way or several. */
final class RandomRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ABSURD =
            "\0\1\t\r\n\u001b[31m\u202e\ud83d\ude42\ufffe<&>\"'`${jndi:x}{{handoff.http.port}}%00../";
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/xml",
            "application/json/;;=",
            "image/png");

    private final Random random;
    private final String base;
    private final Org org;
    private final List<String> calls;

    RandomRequests(long seed, int port, Org org) {
        this.random = new Random(seed);
        this.base = "http://localhost:" + port;
        this.org = org;
        this.calls = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> "CA" + Integer.toString(i).repeat(32))
                .toList();
    }

    HttpRequest next() {
        return random.nextInt(2) == 0 ? ofApi() : ofDoor();
    }

    private HttpRequest ofApi() {
        String calls = "/calls/" + call();
        String letter = one("1", "x".repeat(300), odd(), "ID:1");
        return switch (random.nextInt(10)) {
            case 0, 1 -> posted(calls + "/transcript", this::transcript);
            case 2, 3 -> posted(calls + "/escalation", this::escalation);
            case 4 -> posted(calls + "/end", this::end);
            case 5 -> asked("GET", calls + "/custom-data");
            case 6 -> asked("GET", "/handoffs" + one("/" + call(), "?" + filter(), "?" + filter() + "&" + filter()));
            case 7 -> asked(one("POST", "GET", "PUT"), "/dead-letters/" + path(letter) + "/replay");
            case 8 ->
                asked(
                        one("DELETE", "PATCH", "GET"),
                        one("/dead-letters", "/dead-letters/" + path(letter), calls + "/dead-letters/replay"));
            default -> asked(one("GET", "POST"), one("/checkup", "/connect", "/connect?replace=" + path(odd()), "//"));
        };
    }

    private String filter() {
        String name = one("taskSid", "conversationSid", "reservationSid", "escalationId", "state", "limit", "x");
        return name + "=" + path(one("active", "7", "e1", "-1", odd()));
    }

    private interface Body {
        ObjectNode make();
    }

    private HttpRequest posted(String path, Body body) {
        return HttpRequest.newBuilder(api(path))
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", random.nextInt(5) > 0 ? TYPES.get(0) : one(TYPES))
                .POST(BodyPublishers.ofByteArray(bytes(body.make())))
                .build();
    }

    private HttpRequest asked(String method, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api(path)).header("Authorization", one("Bearer ", "bearer ", "Basic ") + key());
        byte[] body = random.nextInt(4) == 0 ? bytes(end()) : new byte[0];
        return request.method(method, BodyPublishers.ofByteArray(body)).build();
    }

    private URI api(String path) {
        return URI.create(base + "/api/v1/orgs/" + (random.nextInt(10) == 0 ? path(odd()) : org.name()) + path);
    }

    private String key() {
        return random.nextInt(10) == 0
                ? one("guess", "x".repeat(5000))
                : org.apiKeys().get(0);
    }

    private String call() {
        return random.nextInt(8) == 0 ? path(odd()) : one(calls);
    }

    private ObjectNode transcript() {
        ObjectNode batch = JSON.createObjectNode();
        ArrayNode segments = batch.putArray("segments");
        int count = random.nextInt(20) == 0 ? 600 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            segments.add(segment());
        }
        return batch;
    }

    private ObjectNode segment() {
        int sequence = 1 + random.nextInt(10);
        return JSON.createObjectNode()
                .put("id", "s" + sequence)
                .put("sequence", sequence)
                .put("speaker", one("ai", "caller"))
                .put("text", one("Hello", "I was charged twice.", ABSURD.replace("\0", "")))
                .put("spokenAt", "2026-11-20T09:00:0" + random.nextInt(10) + "Z")
                .put("language", one("en", "es-MX", odd()));
    }

    private ObjectNode escalation() {
        ObjectNode escalation = end().put("id", "e" + random.nextInt(3)).put("reason", one("Billing", odd()));
        escalation.remove("outcome");
        escalation.putArray("recentTurns").add(segment());
        escalation.putObject("customData").put("tier", "gold").put(odd(), odd());
        if (random.nextBoolean()) {
            escalation.putObject("task").put("taskSid", one("WT" + "1".repeat(32), odd()));
        }
        return escalation;
    }

    private ObjectNode end() {
        return JSON.createObjectNode()
                .put("occurredAt", "2026-11-20T09:00:05Z")
                .put("outcome", one("resolved", "abandoned", "escalated", "failed"));
    }

    /** The text of a body, most often damaged. */
    private byte[] bytes(ObjectNode body) {
        switch (random.nextInt(12)) {
            case 0, 1:
                return text(body);
            case 2:
                byte[] cut = text(body);
                return java.util.Arrays.copyOf(cut, random.nextInt(cut.length));
            case 3:
                byte[] flipped = text(body);
                for (int i = 0; i < 3; i++) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
                }
                return flipped;
            case 4:
                int depth = 10 + random.nextInt(50_000);
                return (one("[", "{\"a\":", "{\"customData\":[").repeat(depth)).getBytes(StandardCharsets.UTF_8);
            case 5:
                return random.nextInt(20) == 0 ? new byte[3_000_000] : new byte[random.nextInt(2000)];
            case 6:
                return one("", "null", "[]", "\"x\"", "1e999999", "{}", "NaN", "{\"a\":1,\"a\":2}", "\uFEFF{}")
                        .getBytes(StandardCharsets.UTF_8);
            default:
                replaceOne(body);
                return text(body);
        }
    }

    private void replaceOne(ObjectNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return;
        }
        String name = one(names);
        JsonNode child = node.get(name);
        if (random.nextInt(4) == 0) {
            node.remove(name);
        } else if (child instanceof ObjectNode inner && random.nextBoolean()) {
            replaceOne(inner);
        } else if (child instanceof ArrayNode array && array.size() > 0 && array.get(0) instanceof ObjectNode first) {
            replaceOne(first);
        } else {
            node.set(name, value());
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode().deepCopy();
            case 1 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 2 -> JSON.getNodeFactory().numberNode(new java.math.BigDecimal("1e400"));
            case 3 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 4 -> JSON.createArrayNode().add(odd());
            case 5 -> JSON.createObjectNode().put(odd(), odd());
            case 6 -> JSON.getNodeFactory().textNode("x".repeat(random.nextInt(30_000)));
            case 7 -> JSON.getNodeFactory().textNode("+999999999-12-31T23:59:59.999999999Z");
            default -> JSON.getNodeFactory().textNode(odd());
        };
    }

    private String odd() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> ABSURD;
            case 2 -> "\ud800";
            case 3 -> "' or 1=1; drop table handoff; --";
            case 4 -> "x".repeat(random.nextInt(400));
            default -> random.ints(8, 0, 0x3000).mapToObj(Character::toString).collect(Collectors.joining());
        };
    }

    private HttpRequest ofDoor() {
        return switch (random.nextInt(5)) {
            case 0 -> signed("/webhooks/", "", this::taskEvent);
            case 1 -> signed("/voice/", "/connect-action", this::sessionEnd);
            case 2 -> signed("/voice/", "/hold/" + path(one("1", "9", odd())), this::sessionEnd);
            case 3 -> signed("/voice/", "/transcription", this::transcription);
            default -> signed("/voice/", "/status", this::sessionEnd);
        };
    }

    private interface Fields {
        Map<String, String> make();
    }

    private Map<String, String> common() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", org.accountSid());
        form.put("CallSid", one(calls));
        return form;
    }

    private Map<String, String> taskEvent() {
        Map<String, String> form = common();
        form.put("WorkspaceSid", org.workspaceSid());
        form.put(
                "EventType",
                one("task.created", "reservation.created", "reservation.accepted", "task.canceled", "task.completed"));
        form.put("TaskSid", "WT" + "1".repeat(32));
        form.put("ReservationSid", "WR" + "1".repeat(32));
        form.put(
                "WorkerSid",
                one("WK" + "1".repeat(32), String.valueOf(org.aiWorker().sid())));
        form.put("TaskAttributes", "{\"call_sid\":\"" + one(calls) + "\",\"handedOff\":" + random.nextBoolean() + "}");
        form.put("Timestamp", one("1795165200", "-1", "9".repeat(30)));
        return form;
    }

    private Map<String, String> sessionEnd() {
        Map<String, String> form = common();
        form.put("CallStatus", one("in-progress", "completed", "no-answer"));
        form.put("SessionId", "VX" + "1".repeat(32));
        form.put("SessionStatus", one("ended", "completed", "failed"));
        form.put("HandoffData", new String(bytes(escalation()), StandardCharsets.UTF_8));
        form.put("From", "+15550100");
        form.put("To", "+15550199");
        return form;
    }

    private Map<String, String> transcription() {
        Map<String, String> form = common();
        form.put("TranscriptionSid", "GT" + "1".repeat(32));
        form.put("SequenceId", Integer.toString(random.nextInt(20)));
        form.put("TranscriptionEvent", one("transcription-content", "transcription-started"));
        form.put("Track", one("inbound_track", "outbound_track"));
        form.put("Timestamp", "2026-11-20T09:00:00.123456Z");
        form.put("Final", one("true", "false"));
        form.put("LanguageCode", "en-US");
        form.put(
                "TranscriptionData", one("{\"transcript\":\"Hello\",\"confidence\":0.9}", "{\"transcript\":1}", odd()));
        return form;
    }

    /** Most of them rightly signed, whatever is in them, so that they come past the lock. */
    private HttpRequest signed(String door, String callback, Fields fields) {
        Map<String, String> form = fields.make();
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = one(List.copyOf(form.keySet()));
            if (random.nextBoolean()) {
                form.remove(name);
            } else if (!name.equals("AccountSid")) {
                form.put(name, one(odd(), "x".repeat(random.nextInt(20_000)), "{".repeat(random.nextInt(20_000))));
            }
        }
        String path = door + org.name() + "/" + org.webhookToken() + callback;
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(base + path))
                .header(
                        "Content-Type",
                        random.nextInt(8) > 0 ? "application/x-www-form-urlencoded; charset=utf-8" : one(TYPES))
                .header("X-Twilio-Signature", random.nextInt(8) > 0 ? signature(base + path, form) : "forged")
                .POST(BodyPublishers.ofString(random.nextInt(10) > 0 ? body : body + "&%zz=%&&="))
                .build();
    }

    private String signature(String url, Map<String, String> form) {
        // a lone surrogate goes out as a question mark, and is signed as one
        UnaryOperator<String> sent = text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(sent.apply(value)));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(org.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return java.util.Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(ObjectNode body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JSON.writeValue(out, body);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String text) {
        return encoded(text).replace("+", "%20");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
