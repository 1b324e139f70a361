package io.flexhandoff.sandbox.twilio;

import io.vertx.core.json.JsonObject;

/** Flex's own API, so far as it says which workspace and which Conversations service Flex uses. */
final class FlexApi {

    private static final String CONFIGURATION = "/v1/Configuration";

    private FlexApi() {}

    static void mount(TwilioApi.Product api) {
        api.get(CONFIGURATION, FlexApi::configuration);
    }

    private static Answer configuration(TwilioRequest request) {
        SandboxAccount account = request.state().account();
        Conversations service = request.state().conversations();
        return Answer.ok(new JsonObject()
                .put("account_sid", account.accountSid())
                .put(
                        "chat_service_instance_sid",
                        service.flexServiceSid == null ? account.conversationsServiceSid() : service.flexServiceSid)
                .put("date_created", ConversationsJson.date(service.created))
                .put("date_updated", ConversationsJson.date(service.created))
                .put("runtime_domain", "https://sandbox.example.com")
                .put("status", "ok")
                .put("taskrouter_workspace_sid", account.workspaceSid())
                .put("ui_version", "2.17.1")
                .put("url", request.host() + CONFIGURATION));
    }
}
