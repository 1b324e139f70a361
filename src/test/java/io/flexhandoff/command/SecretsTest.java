package io.flexhandoff.command;

import static io.flexhandoff.support.ApiClient.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.configuration.Webhook;
import com.twilio.rest.taskrouter.v1.Workspace;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.CommandRuntime;
import io.flexhandoff.runtime.Defaults;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.runtime.Settings;
import io.flexhandoff.sandbox.faults.Fault;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.flexhandoff.support.ApiClient;
import io.flexhandoff.support.HandoffChecks;
import io.flexhandoff.support.HandoffTest;
import io.flexhandoff.support.Jolokia;
import io.flexhandoff.support.TwilioPost;
import io.flexhandoff.support.TwilioView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.CamelContext;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** No configured secret is in anything that the application tells anybody, whatever happens to it. */
@HandoffTest
@DisableJmx(false)
@TestPropertySource(
        properties = {
            "camel.main.name=secrets",
            "handoff.sandbox.enabled=true",
            "handoff.late.delays=100ms",
            "handoff.management.password=s3cr3t-management",
            "logging.level.org.apache.hc.client5.http.headers=trace",
            "logging.level.org.apache.hc.client5.http.wire=debug",
            "handoff.broker.user=artemis",
            "handoff.broker.password=s3cr3t-broker",
            "handoff.ledger.user=ledger",
            "handoff.ledger.password=s3cr3t-ledger",
            "handoff.enrichment.llm.base-url=http://localhost:1/s3cr3t-path/v1",
            "handoff.enrichment.llm.api-key=s3cr3t-model",
            "handoff.enrichment.llm.model=small",
            "handoff.orgs.acme.account-sid=AC00000000000000000000000000000001",
            "handoff.orgs.acme.auth-token=s3cr3t-auth",
            "handoff.orgs.acme.workspace-sid=WS00000000000000000000000000000001",
            "handoff.orgs.acme.workflow-sid=WW00000000000000000000000000000001",
            "handoff.orgs.acme.conversations-service-sid=IS00000000000000000000000000000001",
            "handoff.orgs.acme.ai-queue-sid=WQ00000000000000000000000000000011",
            "handoff.orgs.acme.human-queue-sid=WQ00000000000000000000000000000012",
            "handoff.orgs.acme.api-keys.events=s3cr3t-events-key",
            "handoff.orgs.acme.api-keys.operate=s3cr3t-operate-key",
            "handoff.orgs.acme.api-keys=s3cr3t-key",
            "handoff.orgs.acme.webhook-token=s3cr3t-webhook",
            "handoff.orgs.acme.signing-keys.WK2026=s3cr3t-signing",
            "handoff.orgs.acme.api-key-sid=SK00000000000000000000000000000001",
            "handoff.orgs.acme.api-key-secret=s3cr3t-api-key",
            "handoff.orgs.acme.ai-worker.sid=WK00000000000000000000000000000011",
            "handoff.orgs.acme.ai-worker.address=https://ai:s3cr3t-ai@ai.example.com/voice?key=s3cr3t-query",
            "handoff.orgs.acme.enrichment.llm.api-key=s3cr3t-org-model"
        })
class SecretsTest {

    private static final String WORKSPACE = "WS00000000000000000000000000000001";
    private static final String SERVICE = "IS00000000000000000000000000000001";
    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String MARK = "s3cr3t";
    /** Secrets as they are in a header. */
    private static final List<String> CREDENTIALS = List.of(
            basic(ACCOUNT + ":s3cr3t-auth"),
            basic("SK00000000000000000000000000000001:s3cr3t-api-key"),
            basic("operator:s3cr3t-management"));

    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final AppenderBase<ILoggingEvent> APPENDER = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String line = event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                    + " " + ThrowableProxyUtil.asString(event.getThrowableProxy());
            boolean ofTheTest = line.contains("MergedContextConfiguration");
            if (!ofTheTest && (event.getLevel().isGreaterOrEqual(Level.INFO) || isSecret(line))) {
                LOG.add(line);
            }
        }
    };

    /** What was told, by where. */
    private final Map<String, String> told = new LinkedHashMap<>();

    private Level level;
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

    @Autowired
    private HandoffRuntime runtime;

    @Autowired
    private CamelContext context;

    @LocalServerPort
    private int managementPort;

    private ApiClient api;
    private Sandbox sandbox;

    /** After the start, which gives the log its appenders anew. */
    @BeforeEach
    void listen() {
        APPENDER.setContext(ROOT.getLoggerContext());
        APPENDER.start();
        ROOT.iteratorForAppenders().forEachRemaining(others::add);
        ROOT.detachAndStopAllAppenders();
        ROOT.addAppender(APPENDER);
        level = ROOT.getLevel();
        ROOT.setLevel(Level.TRACE);
        // two gigabytes of what beans() looks at
        ((Logger) LoggerFactory.getLogger("javax.management")).setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        ROOT.setLevel(level);
        ROOT.detachAppender(APPENDER);
        others.forEach(appender -> {
            appender.start();
            ROOT.addAppender(appender);
        });
    }

    @Test
    void noSecretIsTold(@TempDir Path folder) throws Exception {
        api = new ApiClient(runtime.port(), "acme", "s3cr3t-key");
        sandbox = runtime.sandbox().orElseThrow();

        handOver();
        die();
        complain();
        refuse();
        told("POST /connect", api.post("/connect", ""));
        displace();
        for (String path :
                List.of("/checkup", "/connect", "/handoffs", "/dead-letters", "/handoffs/CA12", "/nothing")) {
            told("GET " + path, api.get(path));
        }
        commands(folder);
        sandbox.faults().add(Fault.answer(503));
        told("Twilio down", api.get("/checkup"));
        told("connect, Twilio down", api.get("/connect"));
        sandbox.faults().clear();
        management();
        beans();

        told.put("the log", String.join("\n", LOG));
        assertThat(told.get("the log")).contains("refused since");
        assertThat(told)
                .hasSizeGreaterThan(100)
                .allSatisfy((where, text) -> assertThat(lines(text)).as(where).isEmpty());
    }

    /** The lines that hold a secret. */
    private static List<String> lines(String text) {
        return text.lines().filter(SecretsTest::isSecret).toList();
    }

    private static boolean isSecret(String text) {
        return text.contains(MARK) || CREDENTIALS.stream().anyMatch(text::contains);
    }

    private static String basic(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private void handOver() {
        String call = sandbox.placeCall("+15550100", "+15550199");
        HandoffChecks.escalate(api, call);
        TwilioView twilio =
                new TwilioView(runtime.twilio().org("acme"), runtime.twilio().forOrg("acme"));
        HandoffChecks.arrived(twilio, call);
        sandbox.accept(twilio.tasksOf(call).get(0).getSid());
        await().until(() -> api.get("/handoffs/" + call).body().contains("\"accepted\""));
        told("a handoff", api.get("/handoffs/" + call));
    }

    /** A segment that Twilio refuses, in a call that nothing else is known of. */
    private void die() {
        sandbox.faults().add(Fault.answer(400).path("**/Messages"));
        String call = sandbox.placeCall("+15550101", "+15550199");
        api.post("/calls/" + call + "/transcript", Map.of("segments", List.of(segment(1, "ai", "Hello"))));
        await().until(() -> api.read("/dead-letters").size() == 1);
        told("a dead letter", api.get("/dead-letters"));
        sandbox.faults().clear();
    }

    /** Twilio repeats the URL that it does not like. */
    private void complain() {
        sandbox.faults()
                .add(Fault.answer(400).path("**/Reservations/*").method("POST").body("""
                {"code": 20001, "status": 400, "message": "Invalid 'https://ai:s3cr3t-ai@ai.example.com/voice?key=s3cr3t-query', \
                it leads to wss://ai.example.com/s3cr3t-stream and sip:ai:s3cr3t-sip@example.com"}"""));
        sandbox.placeCallIntoFlex("+15550104", "+15550199", Map.of());
        await().until(() -> api.read("/dead-letters").size() == 2);
        HttpResponse<String> deadLetters = api.get("/dead-letters");
        assertThat(deadLetters.body()).contains("it leads to wss://ai.example.com/... and sip:...");
        told("a URL that Twilio does not like", deadLetters);
        sandbox.faults().clear();
    }

    /** Another system's URLs, in the places where this application's belong. */
    private void displace() {
        String url = "https://crm:s3cr3t-user@crm.example.com/s3cr3t-path?key=s3cr3t-query#s3cr3t-fragment";
        TwilioRestClient admin = runtime.twilio().forOrg("acme");
        Workspace.updater(WORKSPACE).setEventCallbackUrl(url).update(admin);
        Webhook.updater(SERVICE)
                .setPostWebhookUrl(url)
                .setPreWebhookUrl(url)
                .setMethod("GET")
                .update(admin);
        HttpResponse<String> plan = api.get("/connect");
        assertThat(plan.body()).contains("https://crm.example.com/...");
        told("another system's URL", plan);
        told("another system's URL replaced", api.post("/connect?replace=true", ""));
        told("another system's URL again", api.delete("/connect"));
    }

    /** Requests that are let in nowhere. */
    private void refuse() {
        told("no key", new ApiClient(runtime.port(), "acme", null).get("/handoffs"));
        told("key for something else", new ApiClient(runtime.port(), "acme", "s3cr3t-events-key").get("/checkup"));
        told("wrong key", new ApiClient(runtime.port(), "acme", MARK.substring(1)).get("/handoffs"));
        told("bad input", api.post("/calls/CA12/escalation", "{"));
        told(
                "unsigned",
                TwilioPost.to(runtime.port(), "/webhooks/acme/s3cr3t-webhook", "other")
                        .with("AccountSid", ACCOUNT)
                        .send());
        told(
                "signed with a key of another secret",
                TwilioPost.to(runtime.port(), "/webhooks/acme/s3cr3t-webhook", "s3cr3t-auth")
                        .signedWithKey("WK2026", "s3cr3t-auth")
                        .with("AccountSid", ACCOUNT)
                        .send());
        told(
                "to another account",
                TwilioPost.to(runtime.port(), "/webhooks/acme/s3cr3t-webhook", "s3cr3t-auth")
                        .with("AccountSid", "AC00000000000000000000000000000009")
                        .send());
        told(
                "no such call",
                TwilioPost.to(runtime.port(), "/voice/acme/s3cr3t-webhook/status", "s3cr3t-auth")
                        .with("AccountSid", ACCOUNT)
                        .send());
        sandbox.connect(ACCOUNT, "http://localhost:" + runtime.port() + "/nowhere/s3cr3t-webhook");
        sandbox.hangUp(sandbox.placeCall("+15550102", "+15550199"));
        String call = sandbox.placeCallIntoFlex("+15550103", "+15550199", Map.of());
        await().until(() -> LOG.stream().anyMatch(line -> line.contains("Webhook")));
        sandbox.hangUp(call);
    }

    private void commands(Path folder) throws IOException {
        Org acme = runtime.twilio().org("acme");
        Properties properties = Defaults.load();
        properties.setProperty("handoff.http.port", String.valueOf(runtime.port()));
        Path file = folder.resolve("record.json");
        for (String command : List.of(
                "checkup acme",
                "checkup acme --json --record " + file,
                "checkup nobody",
                "connect acme --plan",
                "--help")) {
            StringWriter out = new StringWriter();
            Commands.run(
                    new Commands.Loading(
                            ignored -> new CommandRuntime(new Settings(properties::getProperty), Map.of("acme", acme)),
                            null,
                            null),
                    new PrintWriter(out, true),
                    new PrintWriter(out, true),
                    command.split(" "));
            told.put("command " + command, out.toString());
        }
        told.put("the record", Files.readString(file));
    }

    private void management() {
        Jolokia operator = new Jolokia(managementPort, "operator:s3cr3t-management");
        Jolokia stranger = new Jolokia(managementPort, "operator:s3cr3t-other");
        for (String path :
                List.of("health", "info", "prometheus", "metrics", "jolokia/version", "env", "configprops")) {
            told("actuator " + path, operator.get("/actuator/" + path));
            told("actuator for a stranger " + path, stranger.get("/actuator/" + path));
        }
        String services = "org.apache.camel:context=" + context.getManagementName() + ",type=services,name=";
        Map<String, List<String>> operations = Map.of(
                "Checkup", List.of("run", "acme"),
                "Connect", List.of("plan", "acme"),
                "DeadLetters", List.of("list"),
                "RejectedRequests", List.of("list"));
        operations.forEach((bean, call) -> {
            JsonNode answer = operator.call(
                    services + bean, call.get(0), call.subList(1, call.size()).toArray());
            assertThat(answer.path("status").intValue()).as(answer.toString()).isEqualTo(200);
            told.put("operation of " + bean, answer.toString());
        });
    }

    /** Every attribute of every MBean, those of the JVM's own arguments apart. */
    private void beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            StringBuilder values = new StringBuilder();
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                values.append(attribute.getName())
                        .append('=')
                        .append(value(server, name, attribute))
                        .append('\n');
            }
            told.put(name.toString(), values.toString());
        }
    }

    private static String value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) throws JMException {
        if (!attribute.isReadable()) {
            return "";
        }
        try {
            return Arrays.deepToString(new Object[] {server.getAttribute(name, attribute.getName())});
        } catch (RuntimeMBeanException | JMException notThere) {
            return String.valueOf(notThere.getCause());
        }
    }

    private void told(String where, HttpResponse<String> answer) {
        told.put(where, answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
    }
}
