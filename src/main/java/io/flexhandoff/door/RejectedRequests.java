package io.flexhandoff.door;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the doors refused since the start, by org and cause. What names no configured org counts under
 * {@value #NO_ORG}, so that made-up names cost nothing. Bound as {@code rejectedRequests}.
 */
public final class RejectedRequests {

    /** Not a name that an org can have. */
    public static final String NO_ORG = "(none)";

    private static final Logger LOG = LoggerFactory.getLogger(RejectedRequests.class);

    private final Map<Key, Count> counts = new ConcurrentHashMap<>();
    private final Clock clock;

    public RejectedRequests(Clock clock) {
        this.clock = clock;
    }

    private record Key(String org, Rejection rejection) {}

    /**
     * Requests of one org that were refused for one cause.
     *
     * @param first when the first of them came
     * @param last when the latest of them came
     * @param about what the latest of them names that decides, such as a key; {@code null} when there is nothing
     */
    public record Count(String org, Rejection rejection, long requests, Instant first, Instant last, String about) {

        /** A sentence for an operator. */
        public String likelyCause() {
            return rejection.likelyCause() + (about == null ? "" : " (the last names " + about + ")");
        }

        private Count and(Count another) {
            return new Count(org, rejection, requests + 1, first, another.last(), another.about());
        }
    }

    /** All that was refused, by org, the latest cause first. */
    public List<Count> all() {
        return counts.values().stream()
                .sorted(Comparator.comparing(Count::org)
                        .thenComparing(Comparator.comparing(Count::last).reversed()))
                .toList();
    }

    /** What was refused of one org, the latest cause first. */
    public List<Count> of(String org) {
        return all().stream().filter(count -> count.org().equals(org)).toList();
    }

    /** How many of one org were refused for one cause. */
    public long count(String org, Rejection rejection) {
        Count count = counts.get(new Key(org, rejection));
        return count == null ? 0 : count.requests();
    }

    void add(String org, Rejection rejection) {
        add(org, rejection, null);
    }

    /** @param about what the request names that decides, as it may be shown, or {@code null} */
    void add(String org, Rejection rejection, String about) {
        Instant now = clock.instant();
        Count count = counts.merge(new Key(org, rejection), new Count(org, rejection, 1, now, now, about), Count::and);
        if (isPowerOfTen(count.requests())) {
            LOG.warn(
                    "{}: {} request(s) refused since {}, {}",
                    org,
                    count.requests(),
                    count.first(),
                    count.likelyCause());
        }
    }

    /** A flood of forged requests must not become a flood of lines. */
    private static boolean isPowerOfTen(long number) {
        long rest = number;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
