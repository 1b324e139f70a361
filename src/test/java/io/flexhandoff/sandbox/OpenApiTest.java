package io.flexhandoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the sandbox's answers against Twilio's OpenAPI documents: exactly the documented fields, each of its type and format. The
 * documents are looked for in the folder that the property {@code twilio.oai} names.
 */
class OpenApiTest extends SandboxTest {

    private static final Path DOCUMENTS = Path.of(System.getProperty("twilio.oai", "../shared/twilio-oai"));
    private static final Map<String, String> FILES = Map.of(
            "api", "twilio_api_v2010.json",
            "conversations", "twilio_conversations_v1.json",
            "taskrouter", "twilio_taskrouter_v1.json");

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void findDocuments() {
        assumeTrue(
                FILES.values().stream().allMatch(file -> Files.isReadable(DOCUMENTS.resolve(file))),
                "Twilio's OpenAPI documents are not in " + DOCUMENTS);
    }

    @Test
    void voice() throws Exception {
        String calls = "/2010-04-01/Accounts/" + account.accountSid() + "/Calls";
        String call = calls + "/" + placeCall() + ".json";
        check("api", "GET", call, "", "api.v2010.account.call");
        check("api", "POST", call, "Status=completed", "api.v2010.account.call");
        check("api", "GET", calls + ".json", "", "api.v2010.account.call", "calls");
    }

    @Test
    void conversations() throws Exception {
        String service = "/v1/Services/" + account.conversationsServiceSid();
        String schema = "conversations.v1.service.service_conversation";
        check("conversations", "GET", service, "", "conversations.v1.service");
        check(
                "conversations",
                "GET",
                service + "/Configuration/Webhooks",
                "",
                "conversations.v1.service.service_configuration.service_webhook_configuration");
        check(
                "conversations",
                "POST",
                service + "/Configuration/Webhooks",
                "Filters=onMessageAdded",
                "conversations.v1.service.service_configuration.service_webhook_configuration");
        String created = check("conversations", "POST", service + "/Conversations", "UniqueName=u", schema);
        String conversation = service + "/Conversations/" + created;
        check("conversations", "GET", service + "/Conversations", "", schema, "conversations");
        check("conversations", "GET", conversation, "", schema);
        check("conversations", "POST", conversation, "FriendlyName=n", schema);
        String message = check(
                "conversations",
                "POST",
                conversation + "/Messages",
                "Body=b",
                schema + ".service_conversation_message");
        check(
                "conversations",
                "GET",
                conversation + "/Messages/" + message,
                "",
                schema + ".service_conversation_message");
        check(
                "conversations",
                "GET",
                conversation + "/Messages",
                "",
                schema + ".service_conversation_message",
                "messages");
        check(
                "conversations",
                "POST",
                conversation + "/Participants",
                "Identity=i",
                schema + ".service_conversation_participant");
        check(
                "conversations",
                "POST",
                conversation + "/Participants",
                "MessagingBinding.Address=%2B14155550123",
                schema + ".service_conversation_participant");
        check(
                "conversations",
                "GET",
                conversation + "/Participants",
                "",
                schema + ".service_conversation_participant",
                "participants");
    }

    @Test
    void taskRouter() throws Exception {
        String workspace = "/v1/Workspaces/" + account.workspaceSid();
        String schema = "taskrouter.v1.workspace";
        check("taskrouter", "GET", workspace, "", schema);
        check("taskrouter", "POST", workspace, "EventCallbackUrl=", schema);
        check("taskrouter", "GET", "/v1/Workspaces", "", schema, "workspaces");
        check("taskrouter", "GET", workspace + "/Activities", "", schema + ".activity", "activities");
        check("taskrouter", "GET", workspace + "/TaskQueues", "", schema + ".task_queue", "task_queues");
        check("taskrouter", "GET", workspace + "/Workflows", "", schema + ".workflow", "workflows");
        check("taskrouter", "GET", workspace + "/Workers", "", schema + ".worker", "workers");
        check("taskrouter", "POST", workspace + "/Workers", "FriendlyName=w", schema + ".worker");
        String task = enqueued("{\"handedOff\":true}").getSid();
        check("taskrouter", "GET", workspace + "/Tasks/" + task, "", schema + ".task");
        check("taskrouter", "GET", workspace + "/Tasks", "", schema + ".task", "tasks");
        String reservations = workspace + "/Tasks/" + task + "/Reservations";
        String reservation =
                check("taskrouter", "GET", reservations, "", schema + ".task.task_reservation", "reservations");
        check(
                "taskrouter",
                "POST",
                reservations + "/" + reservation,
                "ReservationStatus=accepted",
                schema + ".task.task_reservation");
        sandbox.wrapUp(task);
        sandbox.complete(task);
        check("taskrouter", "GET", workspace + "/Tasks/" + task, "", schema + ".task");
    }

    private String check(String product, String method, String path, String form, String schema) throws Exception {
        return checkResource(product, schema, send(product, method, path, form));
    }

    private String check(String product, String method, String path, String form, String schema, String key)
            throws Exception {
        JsonArray page = send(product, method, path, form).getJsonArray(key);
        assertThat(page).as(path).isNotEmpty();
        String sid = null;
        for (Object resource : page) {
            sid = checkResource(product, schema, (JsonObject) resource);
        }
        return sid;
    }

    private String checkResource(String product, String schema, JsonObject resource) throws IOException {
        JsonObject schemas = new JsonObject(Files.readString(DOCUMENTS.resolve(FILES.get(product))))
                .getJsonObject("components")
                .getJsonObject("schemas");
        JsonObject properties = schemas.getJsonObject(schema).getJsonObject("properties");
        assertThat(resource.fieldNames()).as(schema).isEqualTo(properties.fieldNames());
        for (String name : properties.fieldNames()) {
            checkValue(schema + "." + name, schemas, properties.getJsonObject(name), resource.getValue(name));
        }
        return resource.getString("sid");
    }

    private static void checkValue(String name, JsonObject schemas, JsonObject property, Object value) {
        if (property.containsKey("$ref")) {
            String type = property.getString("$ref").replaceFirst(".*/", "");
            assertThat(schemas.getJsonObject(type).getJsonArray("enum").stream())
                    .as(name)
                    .contains(value);
        } else if (value == null) {
            assertThat(property.getBoolean("nullable", false))
                    .as(name + " is null")
                    .isTrue();
        } else {
            Class<?> type = Map.<String, Class<?>>of(
                            "string",
                            String.class,
                            "integer",
                            Number.class,
                            "boolean",
                            Boolean.class,
                            "array",
                            JsonArray.class,
                            "object",
                            JsonObject.class)
                    .getOrDefault(property.getString("type", ""), Object.class);
            assertThat(value).as(name).isInstanceOf(type);
            if (property.containsKey("pattern")) {
                assertThat((String) value).as(name).matches(property.getString("pattern"));
            }
            if ("date-time".equals(property.getString("format"))) {
                assertThat((String) value).as(name).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            }
            if ("date-time-rfc-2822".equals(property.getString("format"))) {
                assertThat((String) value)
                        .as(name)
                        .matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000");
            }
        }
    }

    private JsonObject send(String product, String method, String path, String form) throws Exception {
        String credentials = account.accountSid() + ":" + account.authToken();
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.twilioUrl() + "/" + product + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(method, BodyPublishers.ofString(form))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isIn(List.of(200, 201));
        return new JsonObject(answer.body());
    }
}
