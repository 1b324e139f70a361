package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import io.flexhandoff.sandbox.twilio.Conversation.Message;
import io.flexhandoff.sandbox.twilio.Conversation.Participant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Conversations v1, service-scoped. */
final class ConversationsApi {

    private static final String SERVICE = "/v1/Services/:service";
    private static final String CONVERSATIONS = SERVICE + "/Conversations";
    private static final String MESSAGES = CONVERSATIONS + "/:conversation/Messages";
    private static final String PARTICIPANTS = CONVERSATIONS + "/:conversation/Participants";
    private static final int BODY_LIMIT = 1600;
    private static final int CONVERSATION_ATTRIBUTES_LIMIT = 16 << 10;
    private static final int ATTRIBUTES_LIMIT = 4 << 10;
    private static final int FRIENDLY_NAME_LIMIT = 256;

    private ConversationsApi() {}

    static void mount(TwilioApi.Product api) {
        api.get("/v1/Services", request -> new Paging(request, 100)
                        .v1(
                                "services",
                                List.of(request.state().conversations()),
                                service -> request.state().account().conversationsServiceSid(),
                                json(request)::service))
                .get(
                        "/v1/Configuration",
                        request -> Answer.ok(
                                json(request).configuration(request.state().conversations())))
                .post("/v1/Configuration", ConversationsApi::updateTimers)
                .get(SERVICE, request -> Answer.ok(json(request).service(service(request))))
                .get(
                        SERVICE + "/Configuration/Webhooks",
                        request -> Answer.ok(json(request).webhooks(service(request))))
                .post(SERVICE + "/Configuration/Webhooks", ConversationsApi::updateWebhooks)
                .get(CONVERSATIONS, ConversationsApi::list)
                .post(CONVERSATIONS, ConversationsApi::create)
                .get(
                        CONVERSATIONS + "/:conversation",
                        request -> Answer.ok(json(request).conversation(conversation(request))))
                .post(CONVERSATIONS + "/:conversation", ConversationsApi::update)
                .delete(CONVERSATIONS + "/:conversation", ConversationsApi::delete)
                .get(MESSAGES, ConversationsApi::listMessages)
                .post(MESSAGES, ConversationsApi::createMessage)
                .get(MESSAGES + "/:message", ConversationsApi::fetchMessage)
                .post(MESSAGES + "/:message", ConversationsApi::updateMessage)
                .delete(MESSAGES + "/:message", ConversationsApi::deleteMessage)
                .get(PARTICIPANTS, ConversationsApi::listParticipants)
                .post(PARTICIPANTS, ConversationsApi::createParticipant);
    }

    private static Answer updateTimers(TwilioRequest request) {
        Conversations service = request.state().conversations();
        service.inactiveTimer = request.form("DefaultInactiveTimer", service.inactiveTimer);
        service.closedTimer = request.form("DefaultClosedTimer", service.closedTimer);
        return Answer.ok(json(request).configuration(service));
    }

    private static Answer updateWebhooks(TwilioRequest request) {
        Conversations service = service(request);
        service.preWebhookUrl = request.form("PreWebhookUrl", service.preWebhookUrl);
        service.postWebhookUrl = request.form("PostWebhookUrl", service.postWebhookUrl);
        service.webhookMethod = request.form("Method", service.webhookMethod);
        if (request.has("Filters")) {
            service.webhookFilters = List.copyOf(request.formAll("Filters"));
        }
        return Answer.ok(json(request).webhooks(service));
    }

    private static Answer list(TwilioRequest request) {
        String state = request.query("State");
        List<Conversation> found = service(request).all().stream()
                .filter(conversation -> state == null || state.equals(conversation.state))
                .toList();
        return new Paging(request, 100)
                .v1("conversations", found, conversation -> conversation.sid, json(request)::conversation);
    }

    private static Answer create(TwilioRequest request) {
        Conversations service = service(request);
        Conversation conversation = new Conversation();
        conversation.state = state(request, "active");
        if (conversation.isClosed()) {
            throw new TwilioError(400, 50384, "A Conversation cannot be created in state closed");
        }
        conversation.friendlyName = friendlyName(request, null);
        conversation.attributes = request.json("Attributes", "{}", CONVERSATION_ATTRIBUTES_LIMIT);
        conversation.messagingServiceSid = emptyIsNull(request.form("MessagingServiceSid"));
        conversation.uniqueName = emptyIsNull(request.form("UniqueName"));
        service.add(conversation);
        if (request.webhookEnabled()) {
            service.events().conversationAdded(service, conversation);
        }
        return Answer.created(json(request).conversation(conversation));
    }

    private static Answer update(TwilioRequest request) {
        Conversation conversation = conversation(request);
        checkNotClosed(conversation);
        String attributes = request.json("Attributes", conversation.attributes, CONVERSATION_ATTRIBUTES_LIMIT);
        String friendlyName = friendlyName(request, conversation.friendlyName);
        String state = state(request, conversation.state);
        if (request.has("UniqueName")) {
            service(request).name(conversation, emptyIsNull(request.form("UniqueName")));
        }
        conversation.attributes = attributes;
        conversation.friendlyName = friendlyName;
        conversation.state = state;
        conversation.messagingServiceSid =
                emptyIsNull(request.form("MessagingServiceSid", conversation.messagingServiceSid));
        conversation.updated = Instant.now();
        service(request).changed(conversation);
        return Answer.ok(json(request).conversation(conversation));
    }

    private static Answer delete(TwilioRequest request) {
        service(request).remove(conversation(request));
        return Answer.noContent();
    }

    private static Answer listMessages(TwilioRequest request) {
        Conversation conversation = conversation(request);
        List<Message> messages = new ArrayList<>(conversation.messages);
        switch (String.valueOf(request.query("Order"))) {
            case "desc" -> Collections.reverse(messages);
            case "asc", "null" -> {}
            default -> throw TwilioError.invalid("Order is neither asc nor desc");
        }
        return new Paging(request, 100).v1("messages", messages, message -> message.sid, message -> json(request)
                .message(conversation, message));
    }

    private static Answer createMessage(TwilioRequest request) {
        Conversation conversation = conversation(request);
        checkNotClosed(conversation);
        String attributes = request.json("Attributes", "{}", ATTRIBUTES_LIMIT);
        Message message = conversation.append(
                request.form("Author", "system"),
                body(request, null),
                attributes,
                request.instant("DateCreated", Instant.now()));
        Conversations service = service(request);
        service.changed(conversation);
        if (request.webhookEnabled()) {
            service.events().messageAdded(service, conversation, message);
        }
        return Answer.created(json(request).message(conversation, message));
    }

    private static Answer fetchMessage(TwilioRequest request) {
        Conversation conversation = conversation(request);
        return Answer.ok(json(request).message(conversation, message(request, conversation)));
    }

    private static Answer updateMessage(TwilioRequest request) {
        Conversation conversation = conversation(request);
        checkNotClosed(conversation);
        Message message = message(request, conversation);
        String attributes = request.json("Attributes", message.attributes, ATTRIBUTES_LIMIT);
        message.body = body(request, message.body);
        message.attributes = attributes;
        message.author = request.form("Author", message.author);
        message.updated = Instant.now();
        service(request).changed(conversation);
        return Answer.ok(json(request).message(conversation, message));
    }

    private static Answer deleteMessage(TwilioRequest request) {
        Conversation conversation = conversation(request);
        conversation.messages.remove(message(request, conversation));
        service(request).changed(conversation);
        return Answer.noContent();
    }

    private static Answer listParticipants(TwilioRequest request) {
        Conversation conversation = conversation(request);
        List<Participant> participants = List.copyOf(conversation.participants.values());
        return new Paging(request, 100).v1("participants", participants, Participant::sid, participant -> json(request)
                .participant(conversation, participant));
    }

    private static Answer createParticipant(TwilioRequest request) {
        Conversation conversation = conversation(request);
        checkNotClosed(conversation);
        Participant participant = new Participant(
                Sids.random("MB"),
                request.form("Identity"),
                request.form("MessagingBinding.Address"),
                request.form("MessagingBinding.ProxyAddress"),
                request.json("Attributes", "{}", ATTRIBUTES_LIMIT),
                request.form("RoleSid", Sids.of("RL", request.state().account().accountSid())),
                Instant.now());
        if (participant.identity() == null && participant.address() == null) {
            throw TwilioError.invalid("Identity or MessagingBinding.Address is required");
        }
        if (conversation.participants.values().stream()
                .anyMatch(other ->
                        participant.identity() != null && participant.identity().equals(other.identity()))) {
            throw new TwilioError(409, 50433, "Participant already exists");
        }
        conversation.participants.put(participant.sid(), participant);
        Conversations service = service(request);
        service.changed(conversation);
        if (request.webhookEnabled()) {
            service.events().participantAdded(service, conversation, participant);
        }
        return Answer.created(json(request).participant(conversation, participant));
    }

    private static Conversations service(TwilioRequest request) {
        if (!request.pathParam("service").equals(request.state().account().conversationsServiceSid())) {
            throw request.notFound();
        }
        return request.state().conversations();
    }

    private static Conversation conversation(TwilioRequest request) {
        return request.found(service(request).find(request.pathParam("conversation")));
    }

    private static Message message(TwilioRequest request, Conversation conversation) {
        return request.found(conversation.message(request.pathParam("message")));
    }

    private static ConversationsJson json(TwilioRequest request) {
        return new ConversationsJson(request);
    }

    private static void checkNotClosed(Conversation conversation) {
        if (conversation.isClosed()) {
            throw new TwilioError(400, 50377, "The Conversation is closed, and that is its final state");
        }
    }

    private static String body(TwilioRequest request, String otherwise) {
        String body = request.form("Body", otherwise);
        if (body != null && body.length() > BODY_LIMIT) {
            throw TwilioError.invalid("Body is longer than " + BODY_LIMIT + " characters");
        }
        return body;
    }

    private static String state(TwilioRequest request, String otherwise) {
        String state = request.form("State", otherwise);
        if (!List.of("active", "inactive", "closed").contains(state)) {
            throw TwilioError.invalid("State is neither active, inactive nor closed");
        }
        return state;
    }

    private static String friendlyName(TwilioRequest request, String otherwise) {
        String name = request.form("FriendlyName", otherwise);
        if (name != null && name.length() > FRIENDLY_NAME_LIMIT) {
            throw TwilioError.invalid("FriendlyName is longer than " + FRIENDLY_NAME_LIMIT + " characters");
        }
        return name;
    }

    private static String emptyIsNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
