package io.flexhandoff.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flexhandoff.event.Segment;
import java.time.Duration;

/**
 * The ids of segments that this node has taken in lately, so that the answer can tell of an id that comes with another text. It
 * only spares the sender a surprise: the ledger finds what this does not know.
 */
final class TakenIds {

    /** As many as the broker remembers, see {@code id-cache-size} of broker.xml. */
    private static final int MOST = 100_000;

    private final Cache<String, String> texts = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofHours(1))
            .executor(Runnable::run)
            .build();

    /** The segment, under an id of its own when another text has the one that it comes with. */
    Segment own(String org, String callSid, Segment segment) {
        String hash = segment.textHash();
        String known = texts.asMap().putIfAbsent(org + "/" + callSid + "/" + segment.id(), hash);
        return known == null || known.equals(hash) ? segment : segment.underOwnId();
    }
}
