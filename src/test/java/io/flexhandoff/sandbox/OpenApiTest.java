package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds what the sandbox takes and answers against Twilio's OpenAPI documents, which are looked for in the folder that the property
 * {@code twilio.oai} names.
 */
class OpenApiTest extends SandboxTest {

    private static final Path FOLDER = Path.of(System.getProperty("twilio.oai", "../shared/twilio-oai"));

    private final HttpClient http = HttpClient.newHttpClient();
    private String product;
    private TwilioDocument document;

    @BeforeAll
    static void findDocuments() {
        assumeTrue(
                Stream.of("api_v2010", "conversations_v1", "taskrouter_v1")
                        .allMatch(name -> Files.isReadable(FOLDER.resolve("twilio_" + name + ".json"))),
                "Twilio's OpenAPI documents are not in " + FOLDER);
    }

    @Test
    void voice() throws Exception {
        against("api", "api_v2010");
        String calls = "/2010-04-01/Accounts/" + account.accountSid() + "/Calls";
        String call = calls + "/" + placeCall() + ".json";
        get(call, "api.v2010.account.call");
        list(calls + ".json?Status=in-progress&PageSize=5&Page=0", "calls", "api.v2010.account.call");
        String recordings = call.replace(".json", "/Recordings");
        String recording = post(
                recordings + ".json",
                "RecordingChannels=dual&RecordingTrack=both",
                "api.v2010.account.call.call_recording");
        get(recordings + "/" + recording + ".json", "api.v2010.account.call.call_recording");
        list(recordings + ".json?PageSize=50&Page=0", "recordings", "api.v2010.account.call.call_recording");
        String talked = placeCall();
        post(
                calls + "/" + talked + ".json",
                "Twiml=<Response><Enqueue workflowSid=\"" + account.workflowSid()
                        + "\"><Task>{\"handedOff\":true}</Task></Enqueue></Response>",
                "api.v2010.account.call");
        sandbox.accept(sandbox.tasksOf(talked).get(0));
        sandbox.hangUp(talked);
        list(
                "/2010-04-01/Accounts/" + account.accountSid() + "/Conferences.json?FriendlyName="
                        + sandbox.tasksOf(talked).get(0),
                "conferences",
                "api.v2010.account.conference");
        post(call, "Twiml=<Response><Pause length=\"60\"/></Response>", "api.v2010.account.call");
        post(call, "Status=completed", "api.v2010.account.call");

        String account2010 = "/2010-04-01/Accounts/" + account.accountSid();
        get(account2010 + ".json", "api.v2010.account");
        post(account2010 + ".json", "Status=active", "api.v2010.account");
        String queues = account2010 + "/Queues";
        String queue =
                queues + "/" + list(queues + ".json?PageSize=1000", "queues", "api.v2010.account.queue") + ".json";
        get(queue, "api.v2010.account.queue");
        post(queue, "MaxSize=200", "api.v2010.account.queue");
    }

    @Test
    void conversations() throws Exception {
        against("conversations", "conversations_v1");
        String service = "/v1/Services/" + account.conversationsServiceSid();
        String webhooks = "conversations.v1.service.service_configuration.service_webhook_configuration";
        get(service, "conversations.v1.service");
        get("/v1/Configuration", "conversations.v1.configuration");
        list("/v1/Services?PageSize=20", "services", "conversations.v1.service");
        get(service + "/Configuration/Webhooks", webhooks);
        post(
                service + "/Configuration/Webhooks",
                "Filters=onMessageAdded&PreWebhookUrl=&PostWebhookUrl=&Method=POST",
                webhooks);

        String schema = "conversations.v1.service.service_conversation";
        String all = service + "/Conversations";
        String conversation = all + "/"
                + post(all, "UniqueName=u&FriendlyName=f&Attributes={}&State=active&MessagingServiceSid=", schema);
        list(all + "?State=active&PageSize=1&Page=0&PageToken=", "conversations", schema);
        get(conversation, schema);
        post(
                conversation,
                "FriendlyName=n&UniqueName=v&Attributes={}&State=inactive&MessagingServiceSid=MG" + "0".repeat(32),
                schema);

        String messages = conversation + "/Messages";
        String message = messages + "/"
                + post(
                        messages,
                        "Body=b&Author=a&Attributes={}&DateCreated=2026-01-02T03:04:05Z",
                        schema + ".service_conversation_message");
        get(message, schema + ".service_conversation_message");
        post(message, "Body=b&Author=a&Attributes={}", schema + ".service_conversation_message");
        list(messages + "?Order=desc", "messages", schema + ".service_conversation_message");

        String participants = conversation + "/Participants";
        post(participants, "Identity=i&Attributes={}", schema + ".service_conversation_participant");
        post(
                participants,
                "MessagingBinding.Address=%2B1&MessagingBinding.ProxyAddress=%2B2&RoleSid=RL" + "0".repeat(32),
                schema + ".service_conversation_participant");
        list(participants, "participants", schema + ".service_conversation_participant");
    }

    @Test
    void workspaces() throws Exception {
        against("taskrouter", "taskrouter_v1");
        String workspace = "/v1/Workspaces/" + account.workspaceSid();
        String schema = "taskrouter.v1.workspace";
        get(workspace, schema);
        post("/v1/Workspaces", "FriendlyName=Another", schema);
        list("/v1/Workspaces?FriendlyName=Flex+Handoff+sandbox", "workspaces", schema);
        list(workspace + "/Activities?FriendlyName=Available&Available=true", "activities", schema + ".activity");
        String activity = post(workspace + "/Activities", "FriendlyName=Lunch&Available=false", schema + ".activity");
        post(
                workspace,
                "EventCallbackUrl=&EventsFilter=&FriendlyName=n&MultiTaskEnabled=true&PrioritizeQueueOrder=FIFO"
                        + "&DefaultActivitySid=" + activity + "&TimeoutActivitySid=" + activity,
                schema);

        for (String statistics : List.of("real_time", "cumulative")) {
            get(
                    workspace + "/TaskQueues/" + account.humanQueueSid() + "/"
                            + (statistics.equals("real_time") ? "RealTimeStatistics" : "CumulativeStatistics?Minutes=5")
                            + (statistics.equals("real_time") ? "?" : "&") + "TaskChannel=voice",
                    schema + ".task_queue.task_queue_" + statistics + "_statistics");
        }
        String queue = post(
                workspace + "/TaskQueues",
                "FriendlyName=q&TargetWorkers=1==1&MaxReservedWorkers=2&TaskOrder=LIFO",
                schema + ".task_queue");
        list(workspace + "/TaskQueues?FriendlyName=q", "task_queues", schema + ".task_queue");
        post(workspace + "/TaskQueues/" + queue, "TargetWorkers=1==2&FriendlyName=r", schema + ".task_queue");
        post(
                workspace + "/Workflows/" + account.workflowSid(),
                "FriendlyName=f&AssignmentCallbackUrl=&FallbackAssignmentCallbackUrl=&TaskReservationTimeout=60",
                schema + ".workflow");
        list(workspace + "/Workflows?FriendlyName=f", "workflows", schema + ".workflow");
        String worker = post(
                workspace + "/Workers", "FriendlyName=w&Attributes={}&ActivitySid=" + activity, schema + ".worker");
        post(workspace + "/Workers/" + worker, "FriendlyName=x&RejectPendingReservations=true", schema + ".worker");
        list(
                workspace + "/Workers?FriendlyName=x&ActivityName=Lunch&Available=false&TaskQueueSid=",
                "workers",
                schema + ".worker");
    }

    /** What connect asks of Event Streams, too: the sandbox has no other way to make these. */
    @Test
    void eventStreams() throws Exception {
        assumeTrue(Files.isReadable(FOLDER.resolve("twilio_events_v1.json")), "Twilio's document of it is not there");
        against("events", "events_v1");
        String sinks = "/v1/Sinks";
        String sink = post(
                sinks,
                "Description=ours&SinkType=webhook&SinkConfiguration="
                        + encoded(
                                "{\"destination\":\"https://a.example/events\",\"method\":\"POST\",\"batch_events\":true}"),
                "events.v1.sink");
        get(sinks + "/" + sink, "events.v1.sink");
        post(sinks + "/" + sink, "Description=still+ours", "events.v1.sink");
        String type = encoded("{\"type\":\"com.twilio.taskrouter.task.created\",\"schema_version\":1}");
        String subscriptions = "/v1/Subscriptions";
        String subscription =
                post(subscriptions, "Description=ours&SinkSid=" + sink + "&Types=" + type, "events.v1.subscription");
        get(subscriptions + "/" + subscription, "events.v1.subscription");
        post(subscriptions + "/" + subscription, "Description=still+ours&SinkSid=" + sink, "events.v1.subscription");
        list(sinks + "?InUse=true&PageSize=1000&Page=0", "sinks", "events.v1.sink");
        list(subscriptions + "?SinkSid=" + sink + "&PageSize=1000", "subscriptions", "events.v1.subscription");
        String types = subscriptions + "/" + subscription + "/SubscribedEvents";
        post(
                types,
                "Type=com.twilio.taskrouter.task.wrapup&SchemaVersion=1",
                "events.v1.subscription.subscribed_event");
        get(types + "/com.twilio.taskrouter.task.wrapup", "events.v1.subscription.subscribed_event");
        list(types + "?PageSize=1000", "types", "events.v1.subscription.subscribed_event");
        post(sinks + "/" + sink + "/Test", "", "events.v1.sink.sink_test");
        post(sinks + "/" + sink + "/Validate", "TestId=t", "events.v1.sink.sink_validate");
    }

    private static String encoded(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    @Test
    void tasks() throws Exception {
        against("taskrouter", "taskrouter_v1");
        String workspace = "/v1/Workspaces/" + account.workspaceSid();
        String schema = "taskrouter.v1.workspace.task";
        String created = post(
                workspace + "/Tasks",
                "WorkflowSid=" + account.workflowSid() + "&Attributes={}&Priority=1&Timeout=60&TaskChannel=chat",
                schema);
        String task = workspace + "/Tasks/" + created;
        post(task, "Attributes={}&Priority=2&Reason=r", schema);
        String reservation = task + "/Reservations/"
                + list(task + "/Reservations?ReservationStatus=pending", "reservations", schema + ".task_reservation");
        post(
                reservation,
                "ReservationStatus=accepted&Instruction=conference&WorkerActivitySid=",
                schema + ".task_reservation");
        get(reservation, schema + ".task_reservation");
        post(task, "AssignmentStatus=completed&Reason=r", schema);
        get(task, schema);
        list(
                workspace + "/Tasks?AssignmentStatus=completed&Priority=2&Ordering=DateCreated:desc"
                        + "&EvaluateTaskAttributes=1==1&TaskQueueSid=" + account.humanQueueSid()
                        + "&WorkflowName=Support"
                        + "&WorkflowSid=" + account.workflowSid(),
                "tasks",
                schema);
    }

    private void against(String newProduct, String name) throws Exception {
        this.product = newProduct;
        this.document = new TwilioDocument(FOLDER.resolve("twilio_" + name + ".json"));
    }

    private void get(String path, String schema) throws Exception {
        document.checkAnswer(schema, send("get", path, ""));
    }

    private String post(String path, String form, String schema) throws Exception {
        JsonObject resource = send("post", path, form);
        document.checkAnswer(schema, resource);
        return resource.getString("sid");
    }

    private String list(String path, String key, String schema) throws Exception {
        JsonArray page = send("get", path, "").getJsonArray(key);
        assertThat(page).as(path).isNotEmpty();
        page.forEach(resource -> document.checkAnswer(schema, (JsonObject) resource));
        return page.getJsonObject(0).getString("sid");
    }

    private JsonObject send(String method, String target, String form) throws Exception {
        String[] pathAndQuery = target.split("\\?");
        List<String> parameters = Stream.concat(Arrays.stream(pathAndQuery).skip(1), Stream.of(form))
                .flatMap(text -> Arrays.stream(text.split("&")))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.substring(0, parameter.indexOf('=')))
                .toList();
        document.checkRequest(method, pathAndQuery[0], parameters);
        String credentials = account.accountSid() + ":" + account.authToken();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.twilioUrl() + "/" + product + target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method.toUpperCase(Locale.ROOT), BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(target + " " + answer.body()).isIn(200, 201);
        return new JsonObject(answer.body());
    }
}
