package io.flexhandoff.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.exception.TwilioException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import io.flexhandoff.api.Problem;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.TwilioLogin;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What connect reads and writes in an org's account. As plain requests: the SDK reads URLs of other systems only when they
 * keep the letter of the law.
 */
final class TwilioAccount {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SUBSCRIPTIONS = "/v1/Subscriptions";

    private final Org org;
    private final TwilioRestClient client;

    TwilioAccount(Org org, TwilioRestClient client) {
        this.org = org;
        this.client = client;
    }

    JsonNode workspace() {
        return get(Domains.TASKROUTER, path(""), "workspace-sid", org.workspaceSid());
    }

    JsonNode workflow() {
        return get(Domains.TASKROUTER, path("/Workflows/" + org.workflowSid()), "workflow-sid", org.workflowSid());
    }

    JsonNode webhooks() {
        return get(Domains.CONVERSATIONS, webhooksPath(), "conversations-service-sid", org.conversationsServiceSid());
    }

    /** The Conversations service that Flex uses; empty when Flex does not tell. */
    Optional<String> flexServiceSid() {
        try {
            Response response =
                    client.request(new Request(HttpMethod.GET, Domains.FLEXAPI.toString(), "/v1/Configuration"));
            return Optional.of(JSON.readTree(response.getContent())
                            .path("chat_service_instance_sid")
                            .asText(""))
                    .filter(sid -> sid.startsWith("IS"));
        } catch (TwilioException | JsonProcessingException untold) {
            return Optional.empty();
        }
    }

    /** @param setting which names the queue, such as {@code human-queue-sid} */
    JsonNode queue(String setting, String sid) {
        return get(Domains.TASKROUTER, path("/TaskQueues/" + sid), setting, sid);
    }

    JsonNode worker(String sid) {
        return get(Domains.TASKROUTER, path("/Workers/" + sid), "ai-worker.sid", sid);
    }

    List<JsonNode> workers() {
        return list(Domains.TASKROUTER, path("/Workers"), "workers", "workspace-sid", org.workspaceSid());
    }

    List<JsonNode> activities() {
        return list(Domains.TASKROUTER, path("/Activities"), "activities", "workspace-sid", org.workspaceSid());
    }

    void writeWorkspace(Map<String, String> fields) {
        post(Domains.TASKROUTER, path(""), fields, List.of());
    }

    void writeWorkflow(String configuration) {
        post(
                Domains.TASKROUTER,
                path("/Workflows/" + org.workflowSid()),
                Map.of("Configuration", configuration),
                List.of());
    }

    void writeWebhooks(Map<String, String> fields, List<String> filters) {
        post(Domains.CONVERSATIONS, webhooksPath(), fields, filters.isEmpty() ? List.of("") : filters);
    }

    void createWorker(Map<String, String> fields) {
        post(Domains.TASKROUTER, path("/Workers"), fields, List.of());
    }

    void writeWorker(String sid, Map<String, String> fields) {
        post(Domains.TASKROUTER, path("/Workers/" + sid), fields, List.of());
    }

    void deleteWorker(String sid) {
        client.request(new Request(HttpMethod.DELETE, Domains.TASKROUTER.toString(), path("/Workers/" + sid)));
    }

    /** Those of Event Streams, of the whole account. */
    List<JsonNode> sinks() {
        return list(Domains.EVENTS, "/v1/Sinks", "sinks", "account-sid", org.accountSid());
    }

    List<JsonNode> subscriptions() {
        return list(Domains.EVENTS, SUBSCRIPTIONS, "subscriptions", "account-sid", org.accountSid());
    }

    List<String> subscribedTypes(String subscription) {
        return list(
                        Domains.EVENTS,
                        SUBSCRIPTIONS + "/" + subscription + "/SubscribedEvents",
                        "types",
                        "account-sid",
                        org.accountSid())
                .stream()
                .map(type -> type.path("type").asText())
                .toList();
    }

    /** Gives the sink's SID. */
    String createSink(String description, String url, String method) {
        String configuration = JSON.createObjectNode()
                .put("destination", url)
                .put("method", method)
                .put("batch_events", true)
                .toString();
        Request request = new Request(HttpMethod.POST, Domains.EVENTS.toString(), "/v1/Sinks");
        request.getPostParams().put("Description", List.of(description));
        request.getPostParams().put("SinkType", List.of("webhook"));
        request.getPostParams().put("SinkConfiguration", List.of(configuration));
        try {
            return JSON.readTree(client.request(request).getContent())
                    .path("sid")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new Problem(503, "Unavailable", "Twilio's answer cannot be read");
        }
    }

    void createSubscription(String description, String sink, Collection<String> types, int schemaVersion) {
        Request request = new Request(HttpMethod.POST, Domains.EVENTS.toString(), SUBSCRIPTIONS);
        request.getPostParams().put("Description", List.of(description));
        request.getPostParams().put("SinkSid", List.of(sink));
        request.getPostParams()
                .put(
                        "Types",
                        types.stream()
                                .map(type -> JSON.createObjectNode()
                                        .put("type", type)
                                        .put("schema_version", schemaVersion)
                                        .toString())
                                .toList());
        client.request(request);
    }

    void deleteSubscription(String sid) {
        client.request(new Request(HttpMethod.DELETE, Domains.EVENTS.toString(), SUBSCRIPTIONS + "/" + sid));
    }

    void deleteSink(String sid) {
        client.request(new Request(HttpMethod.DELETE, Domains.EVENTS.toString(), "/v1/Sinks/" + sid));
    }

    private String path(String below) {
        return "/v1/Workspaces/" + org.workspaceSid() + below;
    }

    private String webhooksPath() {
        return "/v1/Services/" + org.conversationsServiceSid() + "/Configuration/Webhooks";
    }

    private List<JsonNode> list(Domains product, String path, String name, String setting, String sid) {
        List<JsonNode> all = new ArrayList<>();
        String page = path + "?PageSize=1000";
        while (page != null) {
            JsonNode answer = get(product, page, setting, sid);
            answer.path(name).forEach(all::add);
            String next = answer.path("meta").path("next_page_url").asText("");
            page = next.contains("/v1/") && !next.equals("null") ? next.substring(next.indexOf("/v1/")) : null;
        }
        return all;
    }

    /** @throws Problem naming the setting that is wrong, or saying that Twilio does not answer */
    private JsonNode get(Domains product, String path, String setting, String sid) {
        try {
            Response response = client.request(new Request(HttpMethod.GET, product.toString(), path));
            return JSON.readTree(response.getContent());
        } catch (TwilioFailure failure) {
            throw problem(failure, setting, sid);
        } catch (TwilioException | JsonProcessingException failure) {
            throw new Problem(503, "Unavailable", "Twilio's answer cannot be read; nothing was changed");
        }
    }

    private Problem problem(TwilioFailure failure, String setting, String sid) {
        String prefix = "handoff.orgs." + org.name() + ".";
        Integer status = failure.getStatusCode();
        TwilioLogin login = org.access().login();
        if (failure.isNotAllowed() && login.isGiven()) {
            return new Problem(
                    502,
                    "Twilio refuses the credentials",
                    prefix + (login.isApiKey() ? "api-key-sid" : "oauth-client-id") + ": " + login
                            + " is not allowed to, or is not known: " + failure.getMessage());
        }
        if (failure.isNotAllowed()) {
            return new Problem(
                    502,
                    "Twilio refuses the credentials",
                    prefix + "account-sid, auth-token: Twilio does not accept them (" + status
                            + "); copy both anew from the Console's account dashboard");
        }
        if (status != null && status == 404) {
            return new UnknownSid(prefix + setting + ": there is no " + sid + " in " + org.accountSid());
        }
        return new Problem(503, "Unavailable", "Twilio does not answer: " + failure.getMessage());
    }

    private void post(Domains product, String path, Map<String, String> fields, List<String> filters) {
        Request request = new Request(HttpMethod.POST, product.toString(), path);
        fields.forEach((name, value) -> request.getPostParams().put(name, List.of(value)));
        if (!filters.isEmpty()) {
            request.getPostParams().put("Filters", filters);
        }
        client.request(request);
    }
}
