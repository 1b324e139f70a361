package io.flexhandoff.checkup;

import io.flexhandoff.door.RejectedRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Has the application refused requests to this org's URLs lately, and why? */
final class RejectedRequestsCheck implements Check {

    private static final Duration LATELY = Duration.ofHours(1);

    private final RejectedRequests rejected;
    private final Clock clock;

    /** @param rejected {@code null} where no application runs that counts them */
    RejectedRequestsCheck(RejectedRequests rejected, Clock clock) {
        this.rejected = rejected;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rejected-requests";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public Outcome look(OrgInTwilio org) {
        if (rejected == null) {
            return Outcome.skipped(
                    "Only the running application counts them: see its API, or RejectedRequests in Hawtio");
        }
        List<RejectedRequests.Count> counts = rejected.of(org.org().name());
        if (counts.isEmpty()) {
            return Outcome.ok("None since the start");
        }
        long all = counts.stream().mapToLong(RejectedRequests.Count::requests).sum();
        boolean lately = counts.get(0).last().isAfter(clock.instant().minus(LATELY));
        String found = all + (all == 1 ? " request was" : " requests were") + " refused since the start, the last at "
                + counts.get(0).last().truncatedTo(ChronoUnit.SECONDS);
        if (!lately) {
            return Outcome.ok(found);
        }
        return Outcome.warning(
                found,
                counts.stream()
                        .map(count -> (count.requests() == 1 ? "Once: " : count.requests() + " times: ")
                                + count.likelyCause())
                        .collect(Collectors.joining("; ")),
                "Put right what the cause names; what is forged needs nothing, it changes nothing");
    }
}
