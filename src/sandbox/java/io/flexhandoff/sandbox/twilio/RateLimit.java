package io.flexhandoff.sandbox.twilio;

import io.flexhandoff.sandbox.http.TwilioError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** So many requests in any second. */
final class RateLimit {

    private final int perSecond;
    private final Deque<Long> taken = new ArrayDeque<>();

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Counts a request.
     *
     * @throws TwilioError 429 with code 20429 if there were too many; it is not counted then
     */
    void take() {
        long now = System.nanoTime();
        taken.removeIf(time -> now - time >= TimeUnit.SECONDS.toNanos(1));
        if (taken.size() >= perSecond) {
            throw new TwilioError(429, 20429, "Too Many Requests: at most " + perSecond + " in a second");
        }
        taken.add(now);
    }
}
