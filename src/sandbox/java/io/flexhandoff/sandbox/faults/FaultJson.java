package io.flexhandoff.sandbox.faults;

import io.flexhandoff.sandbox.faults.Fault.Effect;
import io.flexhandoff.sandbox.http.TwilioError;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Faults as JSON. */
final class FaultJson {

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "name",
            "effect",
            "status",
            "code",
            "retryAfter",
            "body",
            "delay",
            "product",
            "method",
            "path",
            "account",
            "call",
            "parameters",
            "after",
            "times",
            "share"));
    private static final List<String> EFFECTS =
            Stream.of(Effect.values()).map(Effect::label).toList();

    private final JsonObject json;

    private FaultJson(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads a fault.
     *
     * @throws TwilioError 400, its message names the field
     */
    static Fault read(String text) {
        JsonObject json;
        try {
            json = new JsonObject(text);
        } catch (DecodeException e) {
            throw TwilioError.invalid("The body is not a JSON object");
        }
        try {
            return new FaultJson(json).fault();
        } catch (IllegalArgumentException e) {
            throw TwilioError.invalid(e.getMessage());
        }
    }

    private Fault fault() {
        for (String field : json.fieldNames()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        field + ": there is no such field; there are " + String.join(", ", FIELDS));
            }
        }
        Fault fault = effect();
        text("name", fault::name);
        text("body", fault::body);
        text("product", fault::product);
        text("method", fault::method);
        text("path", fault::path);
        text("account", fault::account);
        text("call", fault::call);
        number("code", fault::code);
        number("retryAfter", fault::retryAfter);
        number("delay", millis -> fault.delay(Duration.ofMillis(millis)));
        number("after", fault::after);
        number("times", fault::times);
        value("share", Number.class, "a number", share -> fault.share(share.doubleValue()));
        value(
                "parameters",
                JsonObject.class,
                "an object",
                parameters -> parameters.forEach(entry -> fault.parameter(
                        entry.getKey(), as(entry.getValue(), String.class, "parameters." + entry.getKey(), "text"))));
        fault.checkComplete();
        return fault;
    }

    private Fault effect() {
        Object status = json.getValue("status");
        String effect = as(json.getValue("effect", status == null ? "" : "answer"), String.class, "effect", "text");
        if (status != null && !effect.equals("answer")) {
            throw new IllegalArgumentException("status: does not go with the effect " + effect);
        }
        return switch (effect) {
            case "answer" -> Fault.answer(integer(status, "status"));
            case "slow" -> Fault.slow(Duration.ofMillis(integer(json.getValue("delay"), "delay")));
            case "drop-before" -> Fault.dropBefore();
            case "drop-after" -> Fault.dropAfter();
            case "silence" -> Fault.silence();
            case "duplicate" -> Fault.duplicate();
            case "reorder" -> Fault.reorder();
            default -> throw new IllegalArgumentException("effect: one of " + String.join(", ", EFFECTS));
        };
    }

    private void text(String field, Consumer<String> set) {
        value(field, String.class, "text", set);
    }

    private void number(String field, Consumer<Integer> set) {
        if (json.getValue(field) != null) {
            set.accept(integer(json.getValue(field), field));
        }
    }

    private <T> void value(String field, Class<T> type, String words, Consumer<T> set) {
        Object value = json.getValue(field);
        if (value != null) {
            set.accept(as(value, type, field, words));
        }
    }

    private static int integer(Object value, String field) {
        return as(value, Integer.class, field, "a whole number");
    }

    private static <T> T as(Object value, Class<T> type, String field, String words) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(field + ": must be " + words);
        }
        return type.cast(value);
    }

    static JsonArray write(List<StandingFault> faults) {
        JsonArray array = new JsonArray();
        faults.forEach(fault -> array.add(write(fault)));
        return array;
    }

    static JsonObject write(StandingFault standing) {
        Fault fault = standing.fault();
        JsonObject json = new JsonObject()
                .put("id", standing.id())
                .put("name", fault.describe())
                .put("hits", standing.hits())
                .put("spent", standing.isSpent())
                .put("effect", fault.effect.label());
        put(json, "status", fault.effect == Effect.ANSWER ? fault.status : null);
        put(json, "code", fault.code);
        put(json, "retryAfter", fault.retryAfter);
        put(json, "body", fault.body);
        put(json, "delay", fault.delay.isZero() ? null : fault.delay.toMillis());
        put(json, "product", fault.product);
        put(json, "method", fault.method);
        put(json, "path", fault.path);
        put(json, "account", fault.account);
        put(json, "call", fault.call);
        put(json, "parameters", fault.parameters().isEmpty() ? null : new JsonObject(Map.copyOf(fault.parameters())));
        put(json, "after", fault.after == 0 ? null : fault.after);
        put(json, "times", fault.times);
        put(json, "share", fault.share == 1 ? null : fault.share);
        return json;
    }

    private static void put(JsonObject json, String field, Object value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
