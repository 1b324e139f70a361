package io.flexhandoff.sandbox;

import io.flexhandoff.sandbox.Conversation.Participant;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/**
 * What Flex's page in a rep's browser does with the thread of a task, over HTTP below {@code /sandbox/api}: {@code POST
 * /conversations/{sid}/participants} adds the rep as Flex's join does and can be refused by a fault of {@code flex-api}; {@code DELETE
 * /conversations/{sid}/participants/{identity}} is the rep's leaving; {@code POST /conversations/{sid}/attributes} replaces the thread's
 * attributes.
 */
final class FlexClientApi {

    private final Sandbox sandbox;

    FlexClientApi(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    void mount(Router router) {
        router.post("/conversations/:sid/participants").handler(this::join);
        router.delete("/conversations/:sid/participants/:identity").handler(this::leave);
        router.post("/conversations/:sid/attributes").handler(this::attributes);
    }

    private void join(RoutingContext exchange) {
        String identity = body(exchange).getString("identity", "");
        if (identity.isBlank()) {
            throw TwilioError.invalid("identity is missing");
        }
        sandbox.withFirstAccount(state -> {
            Conversation conversation = open(state, exchange);
            refusal(state, conversation, identity).ifPresent(fault -> {
                throw new TwilioError(
                        fault.status, 20_000 + fault.status, "A fault of the sandbox: " + fault.describe());
            });
            if (conversation.participants.values().stream().anyMatch(other -> identity.equals(other.identity()))) {
                throw new TwilioError(409, 50433, "Participant already exists");
            }
            Participant participant = new Participant(
                    Sids.random("MB"),
                    identity,
                    null,
                    null,
                    "{}",
                    Sids.of("RL", state.account().accountSid()),
                    Instant.now());
            conversation.participants.put(participant.sid(), participant);
            state.conversations().changed(conversation);
            state.conversations().events().participantAdded(state.conversations(), conversation, participant);
            return null;
        });
        PageApi.json(exchange, 201, new JsonObject().put("identity", identity));
    }

    /** The request that Flex UI 2.17.1 sends: {@code POST /v1/Channels/{CH}/Roles/{role}/Users} with {@code Identity}. */
    private Optional<Fault> refusal(AccountState state, Conversation conversation, String identity) {
        Traffic traffic = new Traffic(
                "flex-api",
                state.account().accountSid(),
                "POST",
                "/v1/Channels/" + conversation.sid + "/Roles/agent/Users",
                MultiMap.caseInsensitiveMultiMap().add("Identity", identity),
                callSid -> callSid.equals(Conversations.callOf(conversation)));
        return sandbox.faults().striking(traffic).filter(fault -> fault.effect == Fault.Effect.ANSWER);
    }

    private void leave(RoutingContext exchange) {
        String identity = exchange.pathParam("identity");
        sandbox.withFirstAccount(state -> {
            Conversation conversation = find(state, exchange);
            conversation.participants.values().removeIf(participant -> identity.equals(participant.identity()));
            state.conversations().changed(conversation);
            return null;
        });
        PageApi.done(exchange);
    }

    private void attributes(RoutingContext exchange) {
        JsonObject attributes = body(exchange);
        sandbox.withFirstAccount(state -> {
            Conversation conversation = open(state, exchange);
            conversation.attributes = attributes.encode();
            conversation.updated = Instant.now();
            state.conversations().changed(conversation);
            return null;
        });
        PageApi.json(exchange, 200, attributes);
    }

    private static Conversation open(AccountState state, RoutingContext exchange) {
        Conversation conversation = find(state, exchange);
        if (conversation.isClosed()) {
            throw new IllegalStateException("The conversation is closed, and that is its final state");
        }
        return conversation;
    }

    private static Conversation find(AccountState state, RoutingContext exchange) {
        String sid = exchange.pathParam("sid");
        Conversation conversation = state.conversations().find(sid);
        if (conversation == null) {
            throw new IllegalArgumentException("There is no conversation " + sid);
        }
        return conversation;
    }

    private static JsonObject body(RoutingContext exchange) {
        try {
            return new JsonObject(RequestBody.text(exchange));
        } catch (DecodeException e) {
            throw TwilioError.invalid("The body is not a JSON object");
        }
    }
}
