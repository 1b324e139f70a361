package io.flexhandoff.door;

import io.flexhandoff.org.Org;
import io.flexhandoff.org.Orgs;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/**
 * Counts what was meant for a door and never came to one, for its path, its method or a form that cannot be read. Bound as {@code
 * missedDoors}.
 */
public final class MissedDoors {

    private static final Pattern DOOR = Pattern.compile("/(webhooks|voice)(/|$)");
    private static final Pattern OTHERS = Pattern.compile("/(api|sandbox)/.*");

    private final Orgs orgs;
    private final RejectedRequests rejected;

    public MissedDoors(Orgs orgs, RejectedRequests rejected) {
        this.orgs = orgs;
        this.rejected = rejected;
    }

    /**
     * A request that no route takes.
     *
     * @param status that it is answered
     */
    public void refused(HttpServerRequest request, int status) {
        boolean meant = DOOR.matcher(request.path()).find() || request.headers().contains("X-Twilio-Signature");
        if (!meant || OTHERS.matcher(request.path()).matches()) {
            return;
        }
        String org = orgs.find(DoorRequest.org(request)).map(Org::name).orElse(RejectedRequests.NO_ORG);
        switch (status) {
            case 404 -> rejected.add(org, Rejection.OTHER_PATH);
            case 405 -> count(org, Rejection.OTHER_METHOD);
            case 400, 413 -> count(org, Rejection.UNREADABLE);
            default -> {
                // nothing is wrong with the request
            }
        }
    }

    private void count(String org, Rejection rejection) {
        rejected.add(org, org.equals(RejectedRequests.NO_ORG) ? Rejection.UNKNOWN_ORG : rejection);
    }
}
