package io.flexhandoff.sandbox.faults;

import io.flexhandoff.sandbox.http.TwilioError;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Something that is to go wrong between the product and Twilio, and where: {@code
 * Fault.answer(503).product("conversations").method("POST").times(2)}. Without a condition it strikes every request.
 *
 * <p>{@link #answer}, {@link #slow}, {@link #dropBefore}, {@link #dropAfter} and {@link #silence} strike requests to Twilio's API, once they
 * are authenticated; {@link #duplicate} and {@link #reorder} strike the webhooks that Twilio sends. Methods that set something throw {@link
 * IllegalArgumentException} with a message that begins with the field. A fault is not changed any more once it stands, see {@link
 * Faults#add}.
 */
public final class Fault {

    /** What goes wrong. */
    public enum Effect {
        ANSWER,
        SLOW,
        DROP_BEFORE,
        DROP_AFTER,
        SILENCE,
        DUPLICATE,
        REORDER;

        boolean isOfWebhooks() {
            return this == DUPLICATE || this == REORDER;
        }

        /** As in JSON, such as {@code drop-before}. */
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final List<String> PRODUCTS = List.of("api", "conversations", "taskrouter", "flex-api", "events");
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final int LONGEST_BODY = 1 << 20;
    private static final int LONGEST_NAME = 100;

    final Effect effect;
    final int status;
    Integer code;
    Integer retryAfter;
    String body;
    Duration delay = Duration.ZERO;

    private String name;
    String product;
    String method;
    String path;
    String account;
    String call;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    int after;
    Integer times;
    double share = 1;

    private Fault(Effect effect, int status) {
        this.effect = effect;
        this.status = status;
    }

    /**
     * The request is not carried out, and answered with a status from 400 to 599, or 200 with a {@link #body} that is not Twilio's. Unless
     * given a body, the answer is an error in Twilio's shape.
     */
    public static Fault answer(int status) {
        check(status == 200 || status >= 400 && status <= 599, "status: from 400 to 599, or 200 with a body");
        return new Fault(Effect.ANSWER, status);
    }

    /** The request is carried out at once, but its answer comes late. */
    public static Fault slow(Duration delay) {
        return new Fault(Effect.SLOW, 0).delay(delay);
    }

    /** The connection ends before the request is carried out. */
    public static Fault dropBefore() {
        return new Fault(Effect.DROP_BEFORE, 0);
    }

    /** The request is carried out, but the connection ends in place of the answer. */
    public static Fault dropAfter() {
        return new Fault(Effect.DROP_AFTER, 0);
    }

    /** The request is not carried out, and there is no answer for as long as the client waits. */
    public static Fault silence() {
        return new Fault(Effect.SILENCE, 0);
    }

    /** A webhook is sent twice. */
    public static Fault duplicate() {
        return new Fault(Effect.DUPLICATE, 0);
    }

    /** A webhook is sent after the next one of its task or conversation, at latest one second later. */
    public static Fault reorder() {
        return new Fault(Effect.REORDER, 0);
    }

    /** Twilio's error code in the answer; without one it follows from the status, such as 20429. */
    public Fault code(int newCode) {
        only(Effect.ANSWER, "code");
        check(newCode >= 10_000 && newCode <= 99_999, "code: five digits, such as 20429");
        code = newCode;
        return this;
    }

    /** Header {@code Retry-After} of the answer, in seconds. */
    public Fault retryAfter(int seconds) {
        only(Effect.ANSWER, "retryAfter");
        check(seconds >= 0 && seconds <= 86_400, "retryAfter: seconds, from 0 to 86400");
        retryAfter = seconds;
        return this;
    }

    /** Body of the answer as it is, in place of Twilio's JSON, such as a proxy's HTML page. */
    public Fault body(String text) {
        only(Effect.ANSWER, "body");
        check(text.length() <= LONGEST_BODY, "body: at most " + LONGEST_BODY + " characters");
        body = text;
        return this;
    }

    /** How much later the answer comes, at most an hour. */
    public Fault delay(Duration newDelay) {
        check(effect == Effect.ANSWER || effect == Effect.SLOW, "delay: does not go with the effect " + effect.label());
        check(
                newDelay.toMillis() > 0 && newDelay.compareTo(LONGEST_DELAY) <= 0,
                "delay: milliseconds, from 1 to " + LONGEST_DELAY.toMillis());
        delay = newDelay;
        return this;
    }

    /** What it is called in lists, at most 100 characters. */
    public Fault name(String newName) {
        check(
                !newName.isBlank() && newName.length() <= LONGEST_NAME,
                "name: from 1 to " + LONGEST_NAME + " characters");
        name = newName;
        return this;
    }

    /** Only with this product: {@code api}, {@code conversations} or {@code taskrouter}. */
    public Fault product(String newProduct) {
        check(PRODUCTS.contains(newProduct), "product: one of " + String.join(", ", PRODUCTS));
        check(!effect.isOfWebhooks() || !newProduct.equals("api"), "product: api sends no webhooks here");
        product = newProduct;
        return this;
    }

    /** Only requests with this method: {@code GET}, {@code POST} or {@code DELETE}. */
    public Fault method(String newMethod) {
        onlyOfRequests("method");
        check(METHODS.contains(newMethod), "method: one of " + String.join(", ", METHODS));
        method = newMethod;
        return this;
    }

    /**
     * Only requests with this path, as Twilio knows it and without query: {@code *} stands for any text within one part, {@code **} for any
     * text at all, as in {@code **}{@code /Conversations/*}{@code /Messages}.
     */
    public Fault path(String newPath) {
        onlyOfRequests("path");
        check(newPath.startsWith("/") || newPath.startsWith("**"), "path: begins with / or **");
        path = newPath;
        return this;
    }

    /** Only with this account, {@code AC…}. */
    public Fault account(String accountSid) {
        check(accountSid.matches("AC[0-9a-fA-F]{32}"), "account: the SID of an account, AC and 32 hexadecimal digits");
        account = accountSid;
        return this;
    }

    /** Only what is about this call, {@code CA…}: the call itself, its tasks, and the conversation whose unique name holds the SID. */
    public Fault call(String callSid) {
        check(callSid.matches("CA[0-9a-fA-F]{32}"), "call: the SID of a call, CA and 32 hexadecimal digits");
        call = callSid;
        return this;
    }

    /** Only with such a parameter in the query or the form; in the value, {@code *} stands for any text. */
    public Fault parameter(String parameter, String value) {
        check(!parameter.isBlank(), "parameters: a name is empty");
        parameters.put(parameter, value);
        return this;
    }

    /** As many that match are let through first. */
    public Fault after(int count) {
        check(count >= 0, "after: at least 0");
        after = count;
        return this;
    }

    /** It strikes so often, then no more; without this, until it is removed. */
    public Fault times(int count) {
        check(count >= 1, "times: at least 1");
        times = count;
        return this;
    }

    /** It strikes this share of what matches, by chance: more than 0, at most 1. */
    public Fault share(double newShare) {
        check(newShare > 0 && newShare <= 1, "share: more than 0, at most 1");
        share = newShare;
        return this;
    }

    Map<String, String> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** Its name, or what it does where. */
    String describe() {
        if (name != null) {
            return name;
        }
        StringJoiner words = new StringJoiner(" ");
        words.add(effect == Effect.ANSWER ? "Answer " + status : effect.label());
        if (product != null || method != null || path != null) {
            words.add("on");
        }
        for (String word : new String[] {method, product, path}) {
            if (word != null) {
                words.add(word);
            }
        }
        return words.toString();
    }

    /** The answer in Twilio's shape. */
    TwilioError error() {
        return new TwilioError(status, code == null ? 20_000 + status : code, "A fault of the sandbox: " + describe());
    }

    /** @throws IllegalArgumentException if what was set does not go together */
    void checkComplete() {
        check(effect != Effect.ANSWER || status != 200 || body != null, "status: 200 needs a body");
        check(code == null || body == null, "code: is part of Twilio's body, so it does not go with body");
    }

    private void only(Effect wanted, String field) {
        check(effect == wanted, field + ": does not go with the effect " + effect.label());
    }

    private void onlyOfRequests(String field) {
        check(
                !effect.isOfWebhooks(),
                field + ": does not go with the effect " + effect.label() + ", which strikes webhooks");
    }

    private static void check(boolean valid, String otherwise) {
        if (!valid) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
