package io.flexhandoff.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.Jolokia;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Who gets in at the management port, and what Jolokia lets an operator see and do. */
@HandoffTest
@AutoConfigureObservability(tracing = false)
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=access",
            "handoff.management.password={bcrypt}$2a$04$v1DohBVXfQepdFdjO6mLsu1We6aE2SO3j7m9x0famvCqgQFuA7PMy",
            "handoff.ledger.password=a-secret-of-the-ledger",
            "handoff.enrichment.llm.api-key=a-secret-of-the-model"
        })
class OperatorAccessTest {

    private static final String PASSWORD = "the operator's word";
    private static final String CAMEL = "org.apache.camel:context=access,";
    private static final String BROKER = "org.apache.activemq.artemis:broker=\"flex-handoff\"";

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @LocalServerPort
    private int port;

    private Jolokia operator;
    private Jolokia stranger;

    @BeforeEach
    void people() {
        operator = new Jolokia(port, "operator:" + PASSWORD);
        stranger = new Jolokia(port, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "health/liveness", "health/readiness", "info", "prometheus"})
    void probesNeedNoLoginAndGetNoDetails(String endpoint) {
        HttpResponse<String> answer = stranger.get("/actuator/" + endpoint);

        assertThat(answer.statusCode()).isEqualTo(200);
        if (endpoint.startsWith("health")) {
            assertThat(answer.body()).contains("UP").doesNotContain("components");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/hawtio",
                "/hawtio/",
                "/hawtio/index.html",
                "/jolokia",
                "/jolokia/version",
                "/metrics",
                "/nothing"
            })
    void nothingElseIsForStrangers(String path) {
        assertThat(stranger.get("/actuator" + path).statusCode()).isEqualTo(401);
        assertThat(new Jolokia(port, "operator:guess").get("/actuator" + path).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theOperatorIsLetIn() {
        assertThat(operator.get("/actuator/hawtio/index.html").statusCode()).isEqualTo(200);
        assertThat(operator.ask(Map.of("type", "version")).at("/value/protocol").textValue())
                .isNotBlank();
        assertThat(operator.get("/actuator/health").body()).contains("components");
    }

    /** 20 MB of them, of which a browser asks once. */
    @Test
    void hawtiosScriptsComeCompressedAndAreKeptByTheBrowser() throws Exception {
        assertThat(operator.get("/actuator/hawtio/").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/actuator/hawtio/camel/routes"));
        Matcher script = Pattern.compile("src=\"[^\"]*(/static/js/main\\.\\w+\\.js)\"")
                .matcher(operator.get("/actuator/hawtio/index.html").body());
        assertThat(script.find()).isTrue();
        String login = Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at("/actuator/hawtio" + script.group(1))).header("Accept-Encoding", "gzip");

        assertThat(send(request).statusCode()).isEqualTo(401);
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Basic " + login).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
        assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
        try (InputStream plain = getClass().getResourceAsStream("/hawtio-static" + script.group(1));
                InputStream sent = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(sent.readAllBytes()).isEqualTo(plain.readAllBytes());
        }
    }

    /** As Hawtio asks for it at each visit. */
    @Test
    void theListOfMBeansDescribesEachKindOnceAndSaysTheSame() {
        JsonNode whole =
                operator.ask(Map.of("type", "list", "path", "org.apache.camel")).get("value");
        JsonNode brief = operator.ask(Map.of("type", "list", "config", Map.of("listCache", true)))
                .get("value");

        JsonNode named = brief.at("/domains/org.apache.camel");
        whole.properties().stream()
                .filter(bean -> bean.getKey().contains("context=access,"))
                .forEach(bean -> {
                    JsonNode found = named.get(bean.getKey());
                    assertThat(found.isTextual() ? brief.get("cache").get(found.textValue()) : found)
                            .isEqualTo(bean.getValue());
                });
        assertThat(brief.toString().length()).isLessThan(whole.toString().length() / 10);
    }

    @Test
    void aPersonIsAskedToLogInAndAScriptIsNot() throws Exception {
        HttpResponse<String> person =
                send(HttpRequest.newBuilder(at("/actuator/hawtio")).header("Accept", "text/html"));
        assertThat(person.statusCode()).isEqualTo(302);
        assertThat(person.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));

        HttpResponse<String> script = stranger.get("/actuator/jolokia");
        assertThat(script.headers().firstValue("WWW-Authenticate"))
                .as("a browser that is asked so keeps the password")
                .isEmpty();
    }

    @Test
    void aSessionOfABrowserNeedsItsTokenToo() throws Exception {
        HttpResponse<String> page = send(HttpRequest.newBuilder(at("/login")).header("Accept", "text/html"));
        List<String> cookies = page.headers().allValues("Set-Cookie");
        assertThat(cookies).anySatisfy(cookie -> assertThat(cookie).startsWith("XSRF-TOKEN="));

        HttpResponse<String> withoutToken = send(HttpRequest.newBuilder(at("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=operator&password=the+operator%27s+word")));
        assertThat(withoutToken.statusCode()).isIn(401, 403);
        assertThat(withoutToken.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("JSESSIONID"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void pagesOfOtherOriginsGetNothing(String site) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/actuator/jolokia"))
                .header("Sec-Fetch-Site", site)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}")));

        assertThat(answer.statusCode()).isIn(401, 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=context,name=\"access\" | Uptime",
                "type=routes,name=\"dispatch-event\" | Description",
                "type=components,name=\"call-events\" | State"
            })
    void camelIsShown(String bean, String attribute) {
        assertThat(read(CAMEL + bean, attribute).get("value").asText()).isNotBlank();
    }

    @Test
    void statisticsAreThoseOfEachRouteAndItsSteps() {
        String statistics = operator.value(CAMEL + "type=context,name=\"access\"", "dumpRoutesStatsAsXml", true, true)
                .textValue();

        assertThat(statistics)
                .containsPattern(
                        "(?s)<routeStat id=\"park-event\" state=\"Started\"[^>]*exchangesTotal=\"\\d+\"[^>]*>\\s*"
                                + "<processorStats>\\s*<processorStat id=\"plan-next-try\"[^>]*exchangesTotal=\"\\d+\"[^>]*/>"
                                + "((?!</routeStat>).)*<processorStat id=\"failed-event\"[^>]*/>((?!routeStat).)*</routeStat>");
    }

    @Test
    void routesAreStoppedAndStartedAndDumped() throws Exception {
        String route = CAMEL + "type=routes,name=\"purge-every-hour\"";

        operator.value(route, "stop()");
        assertThat(read(route, "State").get("value").textValue()).isEqualTo("Stopped");
        operator.value(route, "start()");
        assertThat(read(route, "State").get("value").textValue()).isEqualTo("Started");
        assertThat(operator.value(route, "dumpRouteAsXml()").textValue()).contains("to-purge");
        assertThat(operator.value(route, "isUpdateRouteEnabled()").booleanValue())
                .isFalse();
        assertThat(operator.value(CAMEL + "type=context,name=\"access\"", "dumpRoutesAsXml()")
                        .textValue())
                .contains("to-hand-off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "com.sun.management:type=HotSpotDiagnostic | dumpHeap | /tmp/heap.hprof,true",
                "com.sun.management:type=DiagnosticCommand | vmSystemProperties |",
                "com.sun.management:type=DiagnosticCommand | compilerDirectivesAdd | /etc/passwd",
                "java.util.logging:type=Logging | setLoggerLevel | a,b",
                "java.lang:type=Memory | gc |",
                "java.lang:type=Threading | dumpAllThreads(boolean,boolean) | true,true",
                "JMImplementation:type=MBeanServerDelegate | anything |",
                "org.springframework.boot:type=Admin,name=SpringApplication | shutdown |",
                "org.springframework.boot:type=Endpoint,name=Heapdump | heapDump |",
                "DefaultDomain:type=MLet | getMBeansFromURL | http://localhost/mlet",
                "jolokia:type=Config | debug |",
                "jolokia:type=Discovery | lookupAgents() |",
                "hawtio:type=security,name=RBACRegistry | list() |",
                "org.apache.camel:context=access,type=context,name=\"access\" | sendStringBody | direct:x,y",
                "org.apache.camel:context=access,type=context,name=\"access\" | sendBody(java.lang.String,java.lang.Object) | direct:x,y",
                "org.apache.camel:context=access,type=context,name=\"access\" | requestBody | file:/etc/passwd,x",
                "org.apache.camel:context=access,type=context,name=\"access\" | createEndpoint | file:/etc",
                "org.apache.camel:context=access,type=context,name=\"access\" | removeEndpoints | *",
                "org.apache.camel:context=access,type=context,name=\"access\" | stop |",
                "org.apache.camel:context=access,type=context,name=\"access\" | suspend() |",
                "org.apache.camel:context=access,type=context,name=\"access\" | dumpRoutesAsXml(boolean) | true",
                "org.apache.camel:context=access,type=context,name=\"access\" | setGlobalOption | a,b",
                "org.apache.camel:context=access,type=routes,name=\"dispatch-event\" | updateRouteFromXml | <route/>",
                "org.apache.camel:context=access,type=routes,name=\"dispatch-event\" | remove() |",
                "org.apache.camel:context=access,type=routes,name=\"dispatch-event\" | dumpRouteAsXml(boolean) | true",
                "org.apache.camel:context=access,type=processors,name=\"to-hand-off\" | stop() |",
                "org.apache.camel:context=access,type=tracer,name=BacklogTracer | dumpAllTracedMessagesAsXml() |",
                "org.apache.activemq.artemis:broker=\"flex-handoff\" | createAddress | a,ANYCAST",
                "org.apache.activemq.artemis:broker=\"flex-handoff\" | forceFailover() |",
                "org.apache.activemq.artemis:broker=\"flex-handoff\" | addSecuritySettings | #,a,a,a,a,a,a,a",
                "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,address=\"handoff.dead\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.dead\" | removeAllMessages() |",
                "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,address=\"handoff.dead\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.dead\" | moveMessages(java.lang.String,java.lang.String) | a,b",
                "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,address=\"handoff.events\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.events\" | sendMessage | a",
                "org.apache.activemq.artemis:broker=\"flex-handoff\",component=addresses,address=\"handoff.events\",subcomponent=queues,routing-type=\"anycast\",queue=\"handoff.events\" | pause() |"
            })
    void whatNoOperatorNeedsIsDenied(String bean, String operation, String arguments) {
        Map<String, Object> request = Map.of(
                "type",
                "exec",
                "mbean",
                bean,
                "operation",
                operation,
                "arguments",
                arguments == null ? List.of() : Arrays.asList(arguments.split(",")));

        assertThat(operator.ask(request).get("status").intValue()).isEqualTo(403);
        JsonNode bulk = operator.ask(List.of(Map.of("type", "version"), request));
        assertThat(bulk.get(0).get("status").intValue()).isEqualTo(200);
        assertThat(bulk.get(1).get("status").intValue()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.lang:type=Runtime | SystemProperties",
                "java.lang:type=Runtime | InputArguments",
                "com.sun.management:type=HotSpotDiagnostic | DiagnosticOptions",
                "JMImplementation:type=MBeanServerDelegate | MBeanServerId",
                "org.apache.camel:context=access,type=services,name=GlobalVariableRepository | Size",
                "hawtio:type=About | HawtioVersion"
            })
    void whatMayHoldASecretIsNotRead(String bean, String attribute) {
        assertThat(read(bean, attribute).get("status").intValue()).isEqualTo(403);
    }

    @Test
    void nothingIsWrittenRegisteredOrPassedOn() {
        String route = CAMEL + "type=routes,name=\"dispatch-event\"";
        assertThat(operator.ask(Map.of(
                                "type", "write", "mbean", route, "attribute", "StatisticsEnabled", "value", "false"))
                        .get("status")
                        .intValue())
                .isEqualTo(403);
        String client = operator.ask(Map.of("type", "notification", "command", "register"))
                .at("/value/id")
                .asText("none");
        assertThat(operator.ask(Map.of(
                                "type",
                                "notification",
                                "command",
                                "add",
                                "client",
                                client,
                                "mode",
                                "pull",
                                "mbean",
                                "JMImplementation:type=MBeanServerDelegate"))
                        .get("status")
                        .intValue())
                .isNotEqualTo(200);
        assertThatThrownBy(() -> Class.forName("org.jolokia.service.jsr160.Jsr160RequestHandler"))
                .as("what passes requests on to other JVMs")
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(operator.get("/actuator/jolokia/read/java.lang:type=Memory/HeapMemoryUsage")
                        .body())
                .as("only POST: a GET may be an image of another page")
                .contains("403");
    }

    @Test
    void nothingDeniedIsListed() {
        JsonNode all = operator.ask(Map.of("type", "list")).get("value");

        assertThat(all.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("org.apache.camel", "org.apache.activemq.artemis", "java.lang");
        assertThat(operator.ask(Map.of("type", "search", "mbean", "*:type=HotSpotDiagnostic,*"))
                        .get("value"))
                .isEmpty();
        assertThat(operator.ask(Map.of("type", "read", "mbean", "*:type=HotSpotDiagnostic"))
                        .toString())
                .doesNotContain("DiagnosticOptions\":[");
    }

    @Test
    void noAttributeShowsASecret() {
        String all = List.of("org.apache.camel:*", "org.apache.activemq.artemis:*", "java.lang:*").stream()
                .map(beans ->
                        operator.ask(Map.of("type", "read", "mbean", beans, "config", Map.of("ignoreErrors", "true"))))
                .map(JsonNode::toString)
                .collect(Collectors.joining());

        assertThat(all.contains("dispatch-event") && all.contains("handoff.dead") && all.contains("HeapMemoryUsage"))
                .as("what there is to read")
                .isTrue();
        assertThat(Stream.of("a-secret-of", PASSWORD, "demo-key", "$2a$04", "authToken=")
                        .filter(all::contains))
                .isEmpty();
    }

    @Test
    void everyConsoleOfOursIsOpenAndSaysWhatItDoes() throws Exception {
        List<ObjectName> consoles = new ArrayList<>();
        for (ObjectName name : beans.queryNames(new ObjectName(CAMEL + "type=services,*"), null)) {
            if (beans.getMBeanInfo(name).getClassName().endsWith("Console")) {
                consoles.add(name);
            }
        }
        assertThat(consoles).hasSizeGreaterThan(1);
        for (ObjectName console : consoles) {
            for (MBeanOperationInfo operation : beans.getMBeanInfo(console).getOperations()) {
                assertThat(operation.getDescription())
                        .as(console + " " + operation.getName())
                        .hasSizeGreaterThan(30);
                assertThat(operation.getSignature())
                        .as(console + " " + operation.getName())
                        .extracting(MBeanParameterInfo::getName)
                        .noneMatch(name -> name.matches("(p|arg)\\d"));
                assertThat(new OperatorRestrictor().isOperationAllowed(console, operation.getName()))
                        .as(console + " " + operation.getName())
                        .isTrue();
            }
        }
    }

    private JsonNode read(String bean, String attribute) {
        return operator.ask(Map.of("type", "read", "mbean", bean, "attribute", attribute));
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
