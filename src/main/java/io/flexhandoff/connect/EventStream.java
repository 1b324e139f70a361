package io.flexhandoff.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.flexhandoff.connect.ConnectPlan.Change;
import io.flexhandoff.door.WebhookUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * TaskRouter's events by Event Streams: a sink of the account with our URL, and what its subscriptions have. Sinks of others, and the
 * workspace's one callback, are left alone. Its state: the sink's URL, the method, the types, each on a line; nothing when there is no
 * such sink.
 */
final class EventStream implements Part {

    /** Of which TaskRouter's types have had all that is read since the first. */
    private static final int SCHEMA_VERSION = 1;

    private static final String DESCRIPTION = "Flex Handoff: what becomes of handed-off calls";
    private static final String POST = "POST";

    private final TwilioAccount account;
    private final WebhookUrl own;

    EventStream(TwilioAccount account, WebhookUrl own) {
        this.account = account;
        this.own = own;
    }

    @Override
    public String name() {
        return "event-stream";
    }

    @Override
    public String resource() {
        return "Event Streams";
    }

    /** Whether the account has our sink, in whatever state; not, too, when it tells these credentials nothing. */
    boolean stands() {
        try {
            return state() != null;
        } catch (RuntimeException untold) {
            return false;
        }
    }

    @Override
    public String state() {
        return sinks().map(sink -> destination(sink) + "\n" + method(sink) + "\n" + String.join(",", types(sink)))
                .findFirst()
                .orElse(null);
    }

    /** Our own, the one with the present URL first. */
    private Stream<JsonNode> sinks() {
        List<JsonNode> ours = account.sinks().stream()
                .filter(sink -> sink.path("sink_type").asText().equals("webhook"))
                .filter(sink -> own.isOwnStream(destination(sink)))
                .toList();
        return Stream.concat(
                ours.stream().filter(sink -> own.isOfStream(destination(sink))),
                ours.stream().filter(sink -> !own.isOfStream(destination(sink))));
    }

    private static String destination(JsonNode sink) {
        return TaskRouterWebhook.text(sink.path("sink_configuration"), "destination");
    }

    private static String method(JsonNode sink) {
        return TaskRouterWebhook.text(sink.path("sink_configuration"), "method");
    }

    private Set<String> types(JsonNode sink) {
        Set<String> types = new TreeSet<>();
        subscriptions(sink)
                .forEach(subscription -> account.subscribedTypes(subscription).forEach(types::add));
        return types;
    }

    private Stream<String> subscriptions(JsonNode sink) {
        return account.subscriptions().stream()
                .filter(subscription -> subscription
                        .path("sink_sid")
                        .asText()
                        .equals(sink.path("sid").asText()))
                .map(subscription -> subscription.path("sid").asText());
    }

    private record Read(String url, String method, Set<String> types) {

        static Read of(String state) {
            String[] lines = state.split("\n", -1);
            Set<String> types = new TreeSet<>(Arrays.asList(lines[2].split(",")));
            types.remove("");
            return new Read(lines[0], lines[1], types);
        }
    }

    @Override
    public Wish wish(boolean replace) {
        if (own.problem() != null) {
            return new Wish(
                    null, null, List.of(new Change(resource(), "create", null, null, own.problem())), List.of());
        }
        String present = state();
        Set<String> types = new TreeSet<>(RequiredEvents.STREAMED);
        boolean stands = false;
        if (present != null) {
            Read read = Read.of(present);
            stands = own.isOfStream(read.url())
                    && read.method().equalsIgnoreCase(POST)
                    && read.types().containsAll(types);
            types.addAll(read.types());
        }
        if (stands) {
            return Wish.nothing(present);
        }
        String state = own.ofStream() + "\n" + POST + "\n" + String.join(",", types);
        return new Wish(
                present,
                state,
                List.of(Change.of(
                        resource(),
                        present == null ? "create" : "update",
                        present == null ? null : shown(present),
                        shown(state))),
                List.of());
    }

    /** Twilio lets nobody change where a sink sends to: another takes its place, and what is new comes before what was goes. */
    @Override
    public void write(String state) {
        List<JsonNode> before = sinks().toList();
        if (state != null) {
            Read wanted = Read.of(state);
            String sink = account.createSink(DESCRIPTION, wanted.url(), wanted.method());
            account.createSubscription(DESCRIPTION, sink, wanted.types(), SCHEMA_VERSION);
        }
        before.forEach(sink -> {
            subscriptions(sink).forEach(account::deleteSubscription);
            account.deleteSink(sink.path("sid").asText());
        });
    }

    @Override
    public String shown(String state) {
        Read read = Read.of(state);
        return own.shownStream(read.url()) + ", " + read.types().size() + " events";
    }
}
