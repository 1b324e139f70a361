package io.flexhandoff.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import io.flexhandoff.twilio.FailureKind;
import io.flexhandoff.twilio.TwilioFailure;
import java.util.ArrayList;
import java.util.List;

/** What an account has of the things that settings of an org name. Every method asks Twilio and throws its {@link TwilioFailure}. */
public final class AccountContents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKSPACES = "/v1/Workspaces";

    /** Conversations gives no more at once. */
    private static final String PAGE = "PageSize=100";

    private final TwilioRestClient client;

    public AccountContents(TwilioRestClient client) {
        this.client = client;
    }

    /**
     * What Flex is set to.
     *
     * @param workspaceSid empty when Flex does not tell
     * @param serviceSid likewise
     */
    record OfFlex(String workspaceSid, String serviceSid) {}

    /** The account need not have Flex, and only the auth token may read what it is set to. */
    OfFlex flex() {
        try {
            JsonNode flex = get(Domains.FLEXAPI, "/v1/Configuration");
            return new OfFlex(
                    flex.path("taskrouter_workspace_sid").asText(""),
                    flex.path("chat_service_instance_sid").asText(""));
        } catch (TwilioFailure failure) {
            if (failure.kind() != FailureKind.FINAL) {
                throw failure;
            }
            return new OfFlex("", "");
        }
    }

    List<NamedSid> workspaces() {
        return list(Domains.TASKROUTER, WORKSPACES + "?" + PAGE, "workspaces");
    }

    List<NamedSid> workflows(String workspaceSid) {
        return list(Domains.TASKROUTER, WORKSPACES + "/" + workspaceSid + "/Workflows?" + PAGE, "workflows");
    }

    List<NamedSid> queues(String workspaceSid) {
        return list(Domains.TASKROUTER, WORKSPACES + "/" + workspaceSid + "/TaskQueues?" + PAGE, "task_queues");
    }

    List<NamedSid> workers(String workspaceSid) {
        return list(Domains.TASKROUTER, WORKSPACES + "/" + workspaceSid + "/Workers?" + PAGE, "workers");
    }

    /** The workers that a queue selects. */
    List<NamedSid> workersOf(String workspaceSid, String queueSid) {
        return list(
                Domains.TASKROUTER,
                WORKSPACES + "/" + workspaceSid + "/Workers?TaskQueueSid=" + queueSid + "&" + PAGE,
                "workers");
    }

    List<NamedSid> services() {
        return list(Domains.CONVERSATIONS, "/v1/Services?" + PAGE, "services");
    }

    private List<NamedSid> list(Domains product, String first, String name) {
        List<NamedSid> all = new ArrayList<>();
        String page = first;
        while (page != null) {
            JsonNode answer = get(product, page);
            answer.path(name)
                    .forEach(item -> all.add(new NamedSid(
                            item.path("sid").asText(),
                            item.path("friendly_name").asText(""))));
            String next = answer.path("meta").path("next_page_url").asText("");
            page = next.contains("/v1/") ? next.substring(next.indexOf("/v1/")) : null;
        }
        return all;
    }

    private JsonNode get(Domains product, String path) {
        try {
            return JSON.readTree(client.request(new Request(HttpMethod.GET, product.toString(), path))
                    .getContent());
        } catch (JsonProcessingException e) {
            throw TwilioFailure.unreadable("GET " + product + path.replaceFirst("\\?.*", ""));
        }
    }
}
