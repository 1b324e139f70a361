package io.flexhandoff.api;

import static io.flexhandoff.support.ApiClient.segment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.LogWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.yaml.snakeyaml.Yaml;

/** What the API answers to requests that it cannot take. */
@HandoffTest
@TestPropertySource(
        properties = {
            "handoff.sandbox.enabled=true",
            "handoff.http.max-body-bytes=100000",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=acme-token-8f3a",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-queue-sid=WQ00000000000000000000000000000011",
            "handoff.orgs.acme.human-queue-sid=WQ00000000000000000000000000000012",
            "handoff.orgs.acme.api-keys=acme-key-1,acme-key-2",
            "handoff.orgs.globex.account-sid=AC00000000000000000000000000000002",
            "handoff.orgs.globex.auth-token=globex-token-2b7c",
            "handoff.orgs.globex.workspace-sid=WS00000000000000000000000000000002",
            "handoff.orgs.globex.workflow-sid=WW00000000000000000000000000000002",
            "handoff.orgs.globex.conversations-service-sid=IS00000000000000000000000000000002",
            "handoff.orgs.globex.ai-queue-sid=WQ00000000000000000000000000000021",
            "handoff.orgs.globex.human-queue-sid=WQ00000000000000000000000000000022",
            "handoff.orgs.globex.api-keys.events=globex-key,globex-events-key",
            "handoff.orgs.globex.api-keys.operate=globex-operate-key"
        })
class ApiTest {

    private static final String CALL = "CA0123456789abcdef0123456789abcdef";
    private static final String TRANSCRIPT = "/calls/" + CALL + "/transcript";
    private static final Map<String, Object> BATCH = Map.of("segments", List.of(segment(1, "ai", "Hello")));

    @Autowired
    private HandoffRuntime runtime;

    private ApiClient acme;

    @BeforeEach
    void connect() {
        acme = new ApiClient(runtime.port(), "acme", "acme-key-2");
    }

    /** What a person finds who types the address of the port, or looks for what the API takes. */
    @Test
    void aBrowserFindsTheContractAndTheOtherPages() throws Exception {
        assertThat(page("/").headers().firstValue("Location")).hasValue("sandbox");
        assertThat(page("/api").headers().firstValue("Location")).hasValue("api/v1");
        assertThat(page("/console").headers().firstValue("Location").orElseThrow())
                .matches("http://localhost:[1-9]\\d*/actuator/hawtio");
        assertThat(page("/api/v1/openapi.yaml").body())
                .isEqualTo(Files.readString(Path.of("config/openapi/handoff.openapi.yaml")));
        Matcher file = Pattern.compile("(?:href|src)=\"(.*?)\"")
                .matcher(page("/api/v1").body());
        int files = 0;
        for (; file.find(); files++) {
            assertThat(page("/api/" + file.group(1)).statusCode())
                    .as(file.group())
                    .isEqualTo(200);
        }
        assertThat(files).isEqualTo(4);
    }

    private HttpResponse<String> page(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + runtime.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Nobody waits for Twilio; the handoff says what became of it. */
    @Test
    void anEscalationOfACallThatTwilioDoesNotKnowIsTakenAndFails() {
        String unknown = "CA000000000000000000000000000000e1";
        assertThat(acme.post(
                                "/calls/" + unknown + "/escalation",
                                Map.of("id", "e1", "occurredAt", "2026-11-20T09:00:05Z"))
                        .statusCode())
                .isEqualTo(202);

        await().untilAsserted(() -> {
            HttpResponse<String> handoff = acme.get("/handoffs/" + unknown);
            assertThat(handoff.statusCode()).isEqualTo(200);
            assertThat(handoff.body()).contains("\"state\":\"failed\"", "was answered 404 (20404)");
            assertThat(acme.get("/dead-letters").body()).contains(unknown);
        });
        assertThat(acme.get("/handoffs/CA000000000000000000000000000000e2").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRequestThatComesAgainIsNoWarning() {
        try (LogWatch log = new LogWatch()) {
            acme.post(TRANSCRIPT, BATCH);
            assertThat(acme.post(TRANSCRIPT, BATCH).statusCode()).isEqualTo(202);

            assertThat(log.lines()).noneMatch(line -> line.contains("AMQ222059"));
        }
    }

    @Test
    void withoutAKeyOrWithAWrongOneItIs401() {
        problem(new ApiClient(runtime.port(), "acme", null).post(TRANSCRIPT, BATCH), 401, "Authorization");
        problem(new ApiClient(runtime.port(), "acme", "guess").post(TRANSCRIPT, BATCH), 401, "Authorization");
        problem(new ApiClient(runtime.port(), "nobody", null).get("/handoffs"), 401, "Authorization");
        problem(new ApiClient(runtime.port(), "acme", "").get("/checkup"), 401, "Authorization");
    }

    /** Every operation that the contract has: none is left out by mistake. */
    @Test
    void aKeyOpensWhatItIsFor() throws IOException {
        int operations = 0;
        for (Map.Entry<String, Map<String, Object>> path : contract().entrySet()) {
            for (Map.Entry<String, Object> operation : path.getValue().entrySet()) {
                if (operation.getValue() instanceof Map<?, ?> details) {
                    boolean operators = String.valueOf(details.get("security")).contains("operatorKey");
                    String of = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    assertThat(status(of, "globex-operate-key") == 403).as(of).isNotEqualTo(operators);
                    assertThat(status(of, "globex-events-key") == 403).as(of).isEqualTo(operators);
                    assertThat(status(of, "acme-key-1")).as(of).isEqualTo(404);
                    operations++;
                }
            }
        }
        assertThat(operations).isGreaterThan(12);
        problem(
                new ApiClient(runtime.port(), "globex", "globex-key").get("/connect"),
                403,
                "a key of api-keys.operate");
        assertThat(acme.get("/dead-letters").statusCode())
                .as("a key from before there were scopes")
                .isEqualTo(200);
    }

    private int status(String operation, String key) {
        String path = operation
                .replaceFirst(".*\\{org}", "")
                .replace("{callSid}", CALL)
                .replace("{id}", "no-such-letter");
        ApiClient client = new ApiClient(runtime.port(), "globex", key);
        HttpResponse<String> answer =
                switch (operation.replaceFirst(" .*", "")) {
                    case "GET" -> client.get(path);
                    case "POST" -> client.post(path, "{}");
                    default -> client.delete(path);
                };
        return answer.statusCode();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> contract() throws IOException {
        try (InputStream document = ApiTest.class.getResourceAsStream("/config/openapi/handoff.openapi.yaml")) {
            Map<String, Object> contract = new Yaml().load(document);
            return (Map<String, Map<String, Object>>) contract.get("paths");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization=Bearer%20acme-key-1",
                "authorization=Bearer%20acme-key-1",
                "AUTHORIZATION=bearer+acme-key-1",
                "x=1&Authorization=Bearer%20acme-key-1"
            })
    void aKeyInTheUrlOpensNothing(String query) {
        ApiClient keyless = new ApiClient(runtime.port(), "acme", null);
        problem(keyless.post(TRANSCRIPT + "?" + query, BATCH), 401, "Authorization");
        problem(keyless.get("/handoffs/" + CALL + "?" + query), 401, "Authorization");
        problem(keyless.get("/handoffs?limit=1&" + query), 401, "Authorization");
    }

    @Test
    void aQueryStandsForNoHeaderAndNoPartOfThePath() {
        ApiClient globex = new ApiClient(runtime.port(), "globex", "globex-key");
        String call = "CA00000000000000000000000000000042";
        String path = "/calls/" + call + "/transcript?org=globex&callSid=CA00000000000000000000000000000043"
                + "&Content-Type=text/plain&traceparent=x&Content-Encoding=zip";
        assertThat(acme.post(path, BATCH).statusCode()).isEqualTo(202);

        await().until(() -> acme.get("/handoffs/" + call).statusCode() == 200);
        problem(acme.get("/handoffs/CA00000000000000000000000000000043"), 404, "callSid");
        problem(globex.get("/handoffs/" + call), 404, "callSid");
    }

    @Test
    void anotherOrgsKeyFindsNothingNotEvenWhetherTheOrgExists() {
        ApiClient intruder = new ApiClient(runtime.port(), "acme", "globex-key");
        ApiClient guesser = new ApiClient(runtime.port(), "initech", "globex-key");

        problem(intruder.post(TRANSCRIPT, BATCH), 404, "org");
        problem(intruder.get("/handoffs/" + CALL), 404, "org");
        assertThat(intruder.get("/handoffs").body().replace("acme", "initech"))
                .isEqualTo(guesser.get("/handoffs").body());
    }

    @Test
    void anyKeyOfTheOrgIsTaken() {
        assertThat(acme.post(TRANSCRIPT, BATCH).statusCode()).isEqualTo(202);
        assertThat(new ApiClient(runtime.port(), "acme", "acme-key-1")
                        .get("/handoffs")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transcript", "escalation", "end"})
    void badInputIs400AndNamesTheField(String operation) {
        String path = "/calls/" + CALL + "/" + operation;
        problem(acme.post(path, "{"), 400, "body");
        problem(acme.post(path, ""), 400, "body");
        problem(acme.post(path, "{}"), 400, operation.equals("transcript") ? "segments" : "occurredAt");
        problem(acme.post("/calls/CA12/" + operation, "{}"), 400, "callSid");
    }

    @Test
    void badFiltersAre400AndNameTheField() {
        problem(acme.get("/handoffs?state=asleep"), 400, "state");
        problem(acme.get("/handoffs?limit=0"), 400, "limit");
        problem(acme.get("/handoffs?limit=501"), 400, "limit");
        problem(acme.get("/handoffs?limit=many"), 400, "limit");
    }

    @Test
    void aCharacterThatNoDatabaseTakesIs400AndNamesTheField() {
        String no = ": must not contain the character U+0000";
        problem(
                acme.post(TRANSCRIPT, Map.of("segments", List.of(segment(1, "ai", "Hel\0lo")))),
                400,
                "segments[0].text" + no);
        problem(
                acme.post("/calls/" + CALL + "/escalation", Map.of("id", "e\0", "occurredAt", "2026-11-20T09:00:05Z")),
                400,
                "id" + no);
        problem(acme.get("/handoffs?escalationId=e%00"), 400, "escalationId" + no);
    }

    @Test
    void aNumberThatNothingCanHoldIs400AndNamesTheField() {
        problem(
                acme.post(
                        "/calls/" + CALL + "/escalation",
                        "{\"id\":\"e1\",\"occurredAt\":\"2026-11-20T09:00:05Z\",\"customData\":{\"balance\":1e400}}"),
                400,
                "customData.balance: is out of range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transcript | {'segments':[{'id':'a','sequence':1,'speaker':'ai','text':'x','spokenAt':'2026-11-20T10:00:00Z','language':null,'mood':'x'}]} | segments[0].mood",
                "escalation | {'id':'e1','occurredAt':'2026-11-20T10:00:00Z','priority':null,'urgency':1} | urgency",
                "end | {'occurredAt':'2026-11-20T10:00:00Z','outcome':null,'why\\ud83d':1} | why\uFFFD"
            })
    void aRequestWithUnknownFieldsCountsAndIsAnsweredWithAWarning(String operation, String body, String field) {
        HttpResponse<String> answer =
                acme.post("/calls/CA11111111111111111111111111111111/" + operation, body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(ApiClient.tree(answer.body()).get("accepted").intValue()).isEqualTo(1);
        assertThat(ApiClient.tree(answer.body()).at("/warnings/0").textValue()).startsWith(field + ": is no field");
    }

    /** A text that was cut in the middle of an emoji. */
    @Test
    void halfACharacterRefusesNoHandoff() {
        assertThat(acme.post(
                                "/calls/" + CALL + "/escalation",
                                "{\"id\":\"e\\ud83d\",\"occurredAt\":\"2026-11-20T09:00:05Z\",\"summary\":\"Thanks \\ud83d\"}")
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> acme.get("/handoffs?escalationId=e%EF%BF%BD").body().contains(CALL));
    }

    @Test
    void anUnknownCallIs404() {
        problem(acme.get("/handoffs/CA" + "f".repeat(32)), 404, "callSid");
    }

    @Test
    void aRequestThatIsTooLargeIs413() {
        problem(acme.post(TRANSCRIPT, "x".repeat(200_000)), 413, "body");
    }

    @Test
    void anUnknownPathIs404AndAWrongMethod405() {
        problem(acme.get("/nonsense"), 404, "path");
        problem(acme.post("/nonsense", BATCH), 404, "path");
        HttpResponse<String> wrongMethod = acme.get(TRANSCRIPT);
        problem(wrongMethod, 405, "method");
        assertThat(wrongMethod.headers().firstValue("allow")).hasValue("POST");
    }

    private static final String UMLAUT =
            "{\"segments\":[{\"id\":\"%s\",\"sequence\":1,\"speaker\":\"caller\",\"text\":\"Ich möchte kündigen\",\"spokenAt\":\"2026-11-20T10:00:00Z\"}]}";

    private HttpResponse<String> post(byte[] body, String... headers) {
        return acme.post(TRANSCRIPT, body, headers);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-32BE"})
    void aCharacterSetThatIsNotTakenIs415WhenItIsSaidAnd400WhenNot(String charset) {
        byte[] body = UMLAUT.formatted("c1").getBytes(Charset.forName(charset));

        problem(post(body, "Content-Type", "application/json; charset=" + charset), 415, "UTF-8");
        problem(post(body, "Content-Type", "application/json"), 400, "body: is not UTF-8");
        problem(post(body, "Content-Type", "application/json; charset=utf-8"), 400, "body: is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/vnd.ai+json; v=1; charset=UTF8"
            })
    void utf8IsTakenWithAByteOrderMarkAndCompressedAndReachesTheThreadAsItWasSaid(String type) throws IOException {
        byte[] plain = UMLAUT.formatted("u1").getBytes(UTF_8);
        byte[] marked = ("\uFEFF" + UMLAUT.formatted("u1")).getBytes(UTF_8);

        for (byte[] body : List.of(plain, marked)) {
            assertThat(post(body, "Content-Type", type).body()).isEqualTo("{\"accepted\":1}");
            for (String encoding : List.of("gzip", "GZIP", "x-gzip")) {
                assertThat(post(gzip(body), "Content-Type", type, "Content-Encoding", encoding)
                                .body())
                        .isEqualTo("{\"accepted\":1}");
            }
            assertThat(post(body, "Content-Type", type, "Content-Encoding", "identity")
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void aReplacementCharacterThatWasSentIsNoFault() {
        assertThat(post(
                                UMLAUT.formatted("r1").replace('ö', '\uFFFD').getBytes(UTF_8),
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "gzip, gzip", "zstd", "none"})
    void anotherEncodingIs415(String encoding) {
        problem(
                post("{}".getBytes(UTF_8), "Content-Type", "application/json", "Content-Encoding", encoding),
                415,
                "Content-Encoding");
    }

    @Test
    void whatIsCompressedIsBoundedByItsLengthWhenInflated() throws IOException {
        byte[] bomb = gzip(new byte[20_000_000]);
        byte[] fits = gzip((UMLAUT.formatted("z1") + " ".repeat(99_000)).getBytes(UTF_8));
        byte[] cut = Arrays.copyOf(fits, fits.length - 20);

        problem(post(bomb, "Content-Type", "application/json", "Content-Encoding", "gzip"), 413, "inflated");
        problem(post(cut, "Content-Type", "application/json", "Content-Encoding", "gzip"), 400, "is not gzip");
        problem(
                post("{}".getBytes(UTF_8), "Content-Type", "application/json", "Content-Encoding", "gzip"),
                400,
                "is not gzip");
        assertThat(post(fits, "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void noHeaderOfTheRequestComesBack() {
        HttpResponse<String> answer = acme.post(TRANSCRIPT, BATCH);

        assertThat(answer.headers().map().keySet())
                .allMatch(name -> List.of(":status", "content-type", "content-length", "transfer-encoding")
                        .contains(name.toLowerCase()));
    }

    private static void problem(HttpResponse<String> answer, int status, String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        var problem = ApiClient.tree(answer.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).contains(field);
    }
}
