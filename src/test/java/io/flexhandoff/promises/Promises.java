package io.flexhandoff.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import io.flexhandoff.support.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** "Exactly one effect", looked at from Twilio's side and from the ledger's. */
final class Promises {

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Plant plant;

    Promises(Plant plant) {
        this.plant = plant;
    }

    /** Waits until everything of the calls is done, then holds each call to the promises. Gives how many segments came late. */
    long keptFor(Collection<SpokenCall> calls) {
        calls.forEach(this::awaitDone);
        List<String> broken = new ArrayList<>();
        long late = 0;
        for (SpokenCall call : calls) {
            late += check(call, broken);
        }
        for (String org : Plant.ORGS) {
            plant.api(org).read("/dead-letters").forEach(letter -> broken.add("dead letter " + letter));
        }
        assertThat(broken).isEmpty();
        return late;
    }

    private void awaitDone(SpokenCall call) {
        ApiClient api = plant.api(call.org);
        await(call.callSid).atMost(PATIENCE).untilAsserted(() -> {
            JsonNode handoff = api.read("/handoffs/" + call.callSid);
            assertThat(handoff.at("/transcript/appended").asInt())
                    .as("appended of %s", handoff)
                    .isEqualTo(call.segments);
            assertThat(handoff.findValuesAsText("step"))
                    .as("steps of %s", handoff)
                    .contains("transferred", "noted", "ended");
        });
    }

    private long check(SpokenCall call, List<String> broken) {
        JsonNode handoff = plant.api(call.org).read("/handoffs/" + call.callSid);
        JsonNode transcript = handoff.get("transcript");
        if (transcript.get("received").asInt() != call.segments
                || transcript.get("dead").asInt() != 0
                || transcript.get("parked").asInt() != 0
                || !transcript.get("complete").asBoolean()) {
            broken.add(call.callSid + ": ledger " + transcript);
        }
        int tasks = plant.twilio().tasksOf(call.callSid).size();
        if (tasks != 1) {
            broken.add(call.callSid + ": enqueued " + tasks + " times");
        }
        List<JsonNode> messages = messages(call, handoff.get("conversationSid").textValue());
        List<JsonNode> turns =
                messages.stream().filter(message -> message.has("segmentId")).toList();
        List<Integer> sequences =
                turns.stream().map(turn -> turn.get("sequence").intValue()).toList();
        if (!sequences.stream()
                .sorted()
                .toList()
                .equals(IntStream.rangeClosed(1, call.segments).boxed().toList())) {
            broken.add(call.callSid + ": thread has segments " + sequences);
        }
        List<Integer> inTurn = turns.stream()
                .filter(turn -> !turn.path("late").asBoolean())
                .map(turn -> turn.get("sequence").intValue())
                .toList();
        if (!inTurn.equals(inTurn.stream().sorted().toList())) {
            broken.add(call.callSid + ": out of order and not marked late: " + sequences);
        }
        long pointers = messages.stream()
                .filter(message -> message.path("kind").asText().equals("pointer"))
                .count();
        if (pointers != 1 || messages.size() != call.segments + 2) {
            broken.add(call.callSid + ": " + messages.size() + " messages, " + pointers + " pointers");
        }
        return call.segments - inTurn.size();
    }

    private List<JsonNode> messages(SpokenCall call, String thread) {
        List<JsonNode> messages = new ArrayList<>();
        Message.reader(plant.account(call.org).conversationsServiceSid(), thread)
                .setOrder(Message.OrderType.ASC)
                .read(plant.client(call.org))
                .forEach(message -> messages.add(ApiClient.tree(message.getAttributes())));
        return messages;
    }
}
