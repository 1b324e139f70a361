package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.faults.Traffic;
import java.util.Map;

/**
 * A webhook that is due.
 *
 * @param product {@code conversations} or {@code taskrouter}
 * @param account whose it is, and whose token signs it
 * @param callSid the call that it is about, or {@code null}
 * @param key webhooks with the same key keep their order
 * @param url absolute; a fragment, which holds Twilio's connection overrides, is neither sent nor signed
 * @param form what is posted
 */
record Webhook(
        String product, SandboxAccount account, String callSid, String key, String url, Map<String, String> form) {

    Traffic traffic() {
        return Traffic.webhook(product, account.accountSid(), callSid, form);
    }
}
