package io.flexhandoff.sandbox.faults;

import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A request to Twilio's API, or a webhook of Twilio's, as a fault sees it.
 *
 * @param product {@code api}, {@code conversations}, {@code taskrouter}, {@code flex-api} or {@code events}
 * @param account {@code AC…}
 * @param method HTTP method of a request; {@code null} for a webhook
 * @param path path of a request, as Twilio knows it; {@code null} for a webhook
 * @param parameters of the query and the form
 * @param aboutCall whether it is about the call with this SID
 */
public record Traffic(
        String product, String account, String method, String path, MultiMap parameters, Predicate<String> aboutCall) {

    /** A webhook that is about a call, or about none ({@code null}). */
    public static Traffic webhook(String product, String account, String callSid, Map<String, String> form) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap().addAll(form);
        return new Traffic(product, account, null, null, parameters, sid -> sid.equals(callSid));
    }

    boolean isWebhook() {
        return method == null;
    }
}
