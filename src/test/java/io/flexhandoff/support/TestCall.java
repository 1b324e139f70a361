package io.flexhandoff.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.flexhandoff.org.Org;
import io.flexhandoff.runtime.HandoffRuntime;
import io.flexhandoff.sandbox.twilio.Sandbox;
import io.vertx.ext.web.RoutingContext;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * The call that a {@link HandoffTest} is about: placed before each test, hung up after it. What its AI phone platform and Twilio send is one
 * method each, and so is what becomes of it. It leaves a sandbox in which nothing fails and no rep is busy with it.
 */
public final class TestCall implements BeforeEachCallback, AfterEachCallback {

    public static final String CALLER = "+15550100";
    public static final String LINE = "+15550199";

    private final String orgName;
    private final Function<Sandbox, String> placing;
    private HandoffRuntime runtime;
    private String sid;
    private int settled = 900;

    private TestCall(String orgName, Function<Sandbox, String> placing) {
        this.orgName = orgName;
        this.placing = placing;
    }

    /** The org's AI has answered. */
    public static TestCall of(String orgName) {
        return new TestCall(orgName, sandbox -> sandbox.placeCall(CALLER, LINE));
    }

    /** The org's AI speaks by way of ConversationRelay. */
    public static TestCall onRelay(String orgName) {
        return new TestCall(orgName, sandbox -> sandbox.placeCallOnRelay(CALLER, LINE));
    }

    /** The org's AI speaks over a stream. */
    public static TestCall onStream(String orgName) {
        return new TestCall(orgName, sandbox -> sandbox.placeCallOnStream(CALLER, LINE));
    }

    /** The org's IVR has enqueued it, before any AI. */
    public static TestCall intoFlex(String orgName, Map<String, Object> attributes) {
        return new TestCall(orgName, sandbox -> sandbox.placeCallIntoFlex(CALLER, LINE, attributes));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        runtime = SpringExtension.getApplicationContext(context).getBean(HandoffRuntime.class);
        sid = placing.apply(sandbox());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (sid != null) {
            sandbox().filter(RoutingContext::next);
            sandbox().faults().clear();
            end();
        }
    }

    /** Goes on with a call that is placed in another way, when this one is over. */
    public void another(TestCall other) {
        end();
        sid = other.placing.apply(sandbox());
    }

    /** Goes on with another call, when this one is over. */
    public void another() {
        another(this);
    }

    private void end() {
        hangUp();
        tasks().forEach(task -> {
            try {
                sandbox().complete(task);
            } catch (IllegalStateException e) {
                // no rep has it to wrap up
            }
        });
    }

    /** The caller hangs up. */
    public void hangUp() {
        sandbox().hangUp(sid);
    }

    /** A rep takes a task, as soon as one is offered it. */
    public void accept(String taskSid) {
        await().ignoreExceptions().untilAsserted(() -> sandbox().accept(taskSid));
    }

    /** A rep takes its first task, as soon as one is offered it. */
    public void accept() {
        await().ignoreExceptions().untilAsserted(() -> sandbox().accept(tasks().get(0)));
    }

    public String sid() {
        return sid;
    }

    public Sandbox sandbox() {
        return runtime.sandbox().orElseThrow();
    }

    public Org org() {
        return runtime.twilio().org(orgName);
    }

    /** The org's API, with its key. */
    public ApiClient api() {
        return new ApiClient(runtime.port(), orgName, org().apiKeys().get(0));
    }

    /** Twilio's API, with the org's login. */
    public TwilioRestClient client() {
        return runtime.twilio().forOrg(orgName);
    }

    public TwilioView twilio() {
        return new TwilioView(org(), client());
    }

    /** Posts to the call's resource. @param path such as {@code /escalation} */
    public HttpResponse<String> post(String path, Object body) {
        return api().post("/calls/" + sid + path, body);
    }

    /** Segments, which are taken in. @return the answer */
    public JsonNode say(Object... segments) {
        return taken(post("/transcript", Map.of("segments", List.of(segments))));
    }

    /** An escalation, which is taken in. @return the answer */
    public JsonNode escalate(Map<String, Object> escalation) {
        return taken(post("/escalation", escalation));
    }

    /** The transcript and the escalation of {@link HandoffChecks}. */
    public void escalate() {
        HandoffChecks.escalate(api(), sid);
    }

    /** The rep's side of {@link #escalate()}. */
    public void arrived() {
        HandoffChecks.arrived(twilio(), sid);
    }

    private static JsonNode taken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return ApiClient.tree(answer.body());
    }

    /** As the ledger shows it. */
    public JsonNode handoff() {
        return api().read("/handoffs/" + sid);
    }

    /** Empty before there is one. */
    public String state() {
        return handoff().path("state").asText();
    }

    public void awaitState(String state) {
        await().until(() -> state().equals(state));
    }

    public List<String> steps() {
        return handoff().findValuesAsText("step");
    }

    public void awaitStep(String step) {
        await().until(() -> steps().contains(step));
    }

    /** A step of it, missing before it is reached. */
    public JsonNode step(String name) {
        for (JsonNode reached : handoff().path("steps")) {
            if (reached.path("step").asText().equals(name)) {
                return reached;
            }
        }
        return MissingNode.getInstance();
    }

    /** One of the counts of the transcript, 0 before there are any. @param name such as {@code late} */
    public int transcript(String name) {
        return handoff().at("/transcript/" + name).asInt();
    }

    /** Waits until so many segments are in the thread. */
    public void appended(int segments) {
        await().until(() -> transcript("appended") == segments);
    }

    /** Events of one call are handled in order: when a segment is appended, all before it is done. */
    public void settle() {
        say(ApiClient.segment(settled++, "ai", "."));
        await().until(() -> transcript("received") == transcript("appended"));
    }

    /** Waits for the transfer. @return the SID of its task, as the ledger knows it */
    public String transferred() {
        awaitState("transferred");
        await().until(() -> handoff().has("taskSid"));
        return handoff().get("taskSid").textValue();
    }

    /** Its dead letters, of all that the org has. */
    public JsonNode deadLetters() {
        return api().deadLettersOf(sid);
    }

    /** The SIDs of its tasks, oldest first. */
    public List<String> tasks() {
        return sandbox().tasksOf(sid);
    }

    /** Waits for its task. @return its attributes */
    public JsonNode task() {
        await().until(() -> !twilio().tasksOf(sid).isEmpty());
        List<Task> tasks = twilio().tasksOf(sid);
        assertThat(tasks).hasSize(1);
        return TwilioView.attributes(tasks.get(0));
    }

    /** The messages of its thread, from the top. */
    public List<Message> messages() {
        return twilio().messagesOf(sid);
    }

    public Conversation thread() {
        return twilio().threadOf(sid).orElseThrow();
    }

    /** What Twilio posts to one of its voice callbacks. @param callback such as {@code connect-action} */
    public TwilioPost voice(String callback) {
        return TwilioPost.to(
                        runtime.port(),
                        "/voice/" + orgName + "/" + org().webhookToken() + "/" + callback,
                        org().authToken())
                .with("AccountSid", org().accountSid())
                .with("CallSid", sid);
    }

    /** A ConversationRelay session that its AI ends to hand over. */
    public TwilioPost relayEnds(String sessionSid, String handoffData) {
        return voice("connect-action")
                .with("CallStatus", "in-progress")
                .with("SessionId", sessionSid)
                .with("SessionStatus", "ended")
                .with("HandoffData", handoffData);
    }

    /** Twilio does what an answer says. */
    public void execute(String twiml) {
        Call.updater(org().accountSid(), sid).setTwiml(twiml).update(client());
    }

    /** What TaskRouter reports of a task. */
    public TwilioPost event(String type, String taskSid, String taskAttributes) {
        return TwilioPost.to(runtime.port(), "/webhooks/" + orgName + "/" + org().webhookToken(), org().authToken())
                .with("EventType", type)
                .with("AccountSid", org().accountSid())
                .with("WorkspaceSid", org().workspaceSid())
                .with("Timestamp", Long.toString(Instant.now().getEpochSecond()))
                .with("TaskSid", taskSid)
                .with("TaskAttributes", taskAttributes)
                .with("TaskCanceledReason", "");
    }

    /** A SID that nothing has yet. */
    public static String newSid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }
}
