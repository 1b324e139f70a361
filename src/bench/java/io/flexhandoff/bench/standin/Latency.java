package io.flexhandoff.bench.standin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** How long an answer takes: the same for all accounts, unless one is set apart. */
final class Latency {

    private final Map<String, Integer> ofAccounts = new HashMap<>();
    private final Map<String, Integer> ofCredentials = new HashMap<>();
    private int ofOthers;

    Latency(int millis) {
        ofOthers = millis;
    }

    /** @param account its SID, or {@code null} for all of whom nothing else is said */
    void set(String account, int millis) {
        ofCredentials.clear();
        if (account == null) {
            ofOthers = millis;
            ofAccounts.clear();
        } else {
            ofAccounts.put(account, millis);
        }
    }

    /** @param authorization the request's header of that name, may be {@code null} */
    int of(String authorization) {
        return authorization == null || ofAccounts.isEmpty()
                ? ofOthers
                : ofCredentials.computeIfAbsent(authorization, this::ofAccount);
    }

    private Integer ofAccount(String authorization) {
        byte[] user = Base64.getDecoder().decode(authorization.substring(authorization.indexOf(' ') + 1));
        String account = new String(user, StandardCharsets.UTF_8).replaceFirst(":.*", "");
        return ofAccounts.getOrDefault(account, ofOthers);
    }
}
