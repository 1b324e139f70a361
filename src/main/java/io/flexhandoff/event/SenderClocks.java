package io.flexhandoff.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says, once an org, that those who send its events have another clock than this node: what is measured goes by ours. */
final class SenderClocks {

    /** What a network and a queue may take. */
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** As long as Twilio lets a call last: what is older is no clock, but a call that is played again. */
    static final Duration LONGEST_CALL = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(SenderClocks.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param said when something happened that we learn of {@code now}, right after it */
    void compare(String org, String field, Instant said, Instant now) {
        if (isAhead(said, now)) {
            tell(org, field, Duration.between(now, said), "ahead of");
        } else if (isLongAgo(said, now)) {
            if (told.add(org)) {
                LOG.info(
                        "{}: a request's {} is {}, longer ago than a call lasts: the note shows when it came",
                        org,
                        field,
                        said);
            }
        } else if (said.isBefore(now.minus(TOLERANCE))) {
            tell(org, field, Duration.between(said, now), "behind");
        }
    }

    /** @param said when something happened, maybe long before {@code now} */
    void expectPast(String org, String field, Instant said, Instant now) {
        if (isAhead(said, now)) {
            tell(org, field, Duration.between(now, said), "ahead of");
        }
    }

    static boolean isAhead(Instant said, Instant now) {
        return said.isAfter(now.plus(TOLERANCE));
    }

    static boolean isLongAgo(Instant said, Instant now) {
        return said.isBefore(now.minus(LONGEST_CALL));
    }

    private void tell(String org, String field, Duration difference, String direction) {
        if (told.add(org)) {
            LOG.warn(
                    "{}: the clock of its AI phone platform is {} min {} ours, by a request's {}: is one of the two not"
                            + " synchronised? Durations go by ours",
                    org,
                    difference.toMinutes(),
                    direction,
                    field);
        }
    }
}
