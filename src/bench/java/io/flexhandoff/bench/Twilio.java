package io.flexhandoff.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Twilio's REST API at the stand-in, spoken by a plain HTTP client. */
final class Twilio {

    /** Where the sandbox's server has Twilio's API. */
    static final String SANDBOX = "/sandbox/twilio";

    private final Http http;
    private final String baseUrl;
    private final String calls;
    private final String conversations;
    private final String tasks;

    /** @param org {@code account-sid}, {@code auth-token}, {@code workspace-sid} and {@code conversations-service-sid} */
    Twilio(String baseUrl, Properties org) {
        String account = org.getProperty("account-sid");
        String user = account + ":" + org.getProperty("auth-token");
        this.baseUrl = baseUrl;
        http = new Http("Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        calls = baseUrl + "/api/2010-04-01/Accounts/" + account + "/Calls";
        conversations = baseUrl + "/conversations/v1/Services/" + org.getProperty("conversations-service-sid")
                + "/Conversations";
        tasks = baseUrl + "/taskrouter/v1/Workspaces/" + org.getProperty("workspace-sid") + "/Tasks";
    }

    boolean isUp() {
        return http.answers(tasks + "?PageSize=1");
    }

    /** A live call; its SID. The sandbox's calls come in, as a caller's do; another stand-in is asked to call out. */
    String placeCall() {
        if (baseUrl.endsWith(SANDBOX)) {
            String page = baseUrl.replaceFirst("/twilio$", "/api/calls");
            return http.post(page, "application/json", "{}", 201)
                    .path("callSid")
                    .asText();
        }
        return create(
                calls + ".json",
                Map.of("From", "+15550100001", "To", "+15550100002", "Twiml", "<Response><Pause/></Response>"));
    }

    String openThread() {
        return create(conversations, Map.of("FriendlyName", "Direct limit"));
    }

    void append(String conversationSid, String author, String body, String attributes) {
        create(
                conversations + "/" + conversationSid + "/Messages",
                Map.of("Author", author, "Body", body, "Attributes", attributes));
    }

    /** The bodies of a thread's messages, in the thread's order. */
    List<String> messages(String conversationSid) {
        return pages(conversations + "/" + conversationSid + "/Messages?Order=asc&PageSize=100", "messages").stream()
                .map(message -> message.path("body").asText())
                .toList();
    }

    /** How many tasks each call has, by Call SID. */
    Map<String, Long> tasksByCall() {
        return pages(tasks + "?PageSize=1000", "tasks").stream()
                .collect(Collectors.groupingBy(this::callSid, Collectors.counting()));
    }

    /** Twilio promises a task's attributes for a single task only; in a list they may be null. */
    private String callSid(JsonNode task) {
        JsonNode full = task.hasNonNull("attributes")
                ? task
                : http.get(tasks + "/" + task.path("sid").asText());
        return Http.json(full.path("attributes").asText()).path("call_sid").asText();
    }

    private String create(String url, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return http.post(url, "application/x-www-form-urlencoded", body, 201)
                .path("sid")
                .asText();
    }

    private List<JsonNode> pages(String first, String field) {
        List<JsonNode> all = new ArrayList<>();
        String url = first;
        while (!url.isEmpty()) {
            JsonNode page = http.get(url);
            page.path(field).forEach(all::add);
            url = nextPage(first, page.path("meta").path("next_page_url").asText(""));
        }
        return all;
    }

    /** The next page's address names Twilio's own host; only its query counts. */
    private static String nextPage(String first, String next) {
        int query = next.indexOf('?');
        return query < 0 ? "" : first.substring(0, first.indexOf('?')) + next.substring(query);
    }
}
