package io.flexhandoff.metrics;

import io.flexhandoff.door.RejectedRequests;
import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Values of the tag {@code org}: the configured orgs, and one for all else, so that made-up names cost nothing. */
public final class OrgTag {

    /** What names no configured org; not a name that an org can have. */
    public static final String NO_ORG = RejectedRequests.NO_ORG;

    private final Orgs orgs;

    public OrgTag(Orgs orgs) {
        this.orgs = orgs;
    }

    /** The tag's value for a name, which may be {@code null} or nobody's. */
    public String of(String name) {
        return Optional.ofNullable(name).flatMap(orgs::find).map(Org::name).orElse(NO_ORG);
    }

    /** The configured orgs. */
    List<String> configured() {
        return orgs.all().stream().map(Org::name).toList();
    }

    /** Every value that the tag can have. */
    public List<String> all() {
        return Stream.concat(orgs.all().stream().map(Org::name), Stream.of(NO_ORG))
                .toList();
    }
}
