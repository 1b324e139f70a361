package io.flexhandoff.component.callevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexhandoff.late.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes next: one event of a call at a time, escalations before the rest, no org in the way of another. */
class CallLanesTest {

    private final List<String> begun = new ArrayList<>();
    private final List<CallLanes.Turn> inHand = new ArrayList<>();

    private CallLanes lanes(int workers) {
        return new CallLanes(
                Runnable::run,
                (arrival, turn) -> {
                    begun.add(arrival.id());
                    inHand.add(turn);
                },
                workers,
                100);
    }

    private static Arrival arrival(String org, String call, String id, boolean escalation) {
        return new Arrival(
                null,
                null,
                "",
                Delivery.FIRST,
                org + "/" + call,
                org,
                call,
                id,
                null,
                null,
                null,
                escalation,
                false,
                true);
    }

    private void say(CallLanes lanes, String org, String call, String id) throws InterruptedException {
        lanes.add(arrival(org, call, id, false));
    }

    private void end(int which) {
        inHand.remove(which).done();
    }

    @Test
    void eventsOfOneCallFollowEachOther() throws Exception {
        CallLanes lanes = lanes(10);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "a", "a2");
        say(lanes, "acme", "b", "b1");
        assertThat(begun).containsExactly("a1", "b1");
        end(0);
        assertThat(begun).containsExactly("a1", "b1", "a2");
    }

    @Test
    void theNextOfACallDoesNotWaitUntilTheOneBeforeIsDurable() throws Exception {
        CallLanes lanes = lanes(3);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "a", "a2");
        say(lanes, "acme", "a", "a3");
        inHand.get(0).over();
        assertThat(begun).containsExactly("a1", "a2");
        inHand.get(1).over();
        assertThat(begun).as("no worker is free").containsExactly("a1", "a2");
        end(0);
        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void whatIsHeldComesAgainBeforeTheNextOfItsCallAndTakesNoWorkerMeanwhile() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "a", "a2");
        CallLanes.Turn held = inHand.remove(0);
        held.hold();
        say(lanes, "acme", "b", "b1");
        assertThat(begun).containsExactly("a1", "b1");
        end(0);
        held.again(arrival("acme", "a", "a1", false));
        end(0);
        assertThat(begun).containsExactly("a1", "b1", "a1", "a2");
    }

    @Test
    void aPauseLastsUntilAllThatIsInHandIsDurable() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        inHand.get(0).over();
        lanes.pause(() -> begun.add("idle"));
        assertThat(begun).containsExactly("a1");
        end(0);
        assertThat(begun).containsExactly("a1", "idle");
    }

    @Test
    void aCallWithAnEscalationGoesBeforeAllOthersAndWhatItSaidBeforeGoesWithIt() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "b", "b1");
        say(lanes, "acme", "c", "c1");
        lanes.add(arrival("acme", "c", "escalation", true));
        end(0);
        end(0);
        end(0);
        assertThat(begun).containsExactly("a1", "c1", "escalation", "b1");
    }

    @Test
    void aCallWhoseEscalationIsAnnouncedGoesBeforeAllOthers() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "b", "b1");
        say(lanes, "acme", "c", "c1");
        lanes.hasten("acme/c");
        end(0);
        assertThat(begun).containsExactly("a1", "c1");
    }

    @Test
    void anOrgLeavesWorkersToTheOthers() throws Exception {
        CallLanes lanes = lanes(4);
        for (int call = 1; call <= 6; call++) {
            say(lanes, "stalled", "s" + call, "s" + call);
        }
        say(lanes, "acme", "a", "a1");
        assertThat(begun).containsExactly("s1", "s2", "s3", "a1");
    }

    @Test
    void anOrgWhoseOnlyWaitingCallBecameUrgentGoesOn() throws Exception {
        CallLanes lanes = lanes(2);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "b", "b1");
        assertThat(begun).as("half of the workers are for others").containsExactly("a1");
        lanes.hasten("acme/b");
        end(0);
        end(0);
        say(lanes, "acme", "c", "c1");
        assertThat(begun).containsExactly("a1", "b1", "c1");
    }

    @Test
    void orgsTakeTurns() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "b", "b1");
        say(lanes, "acme", "c", "c1");
        say(lanes, "other", "o", "o1");
        end(0);
        end(0);
        assertThat(begun).containsExactly("a1", "b1", "o1");
    }

    @Test
    void whatWaitsIsForgottenWhenItsConnectionIsGoneAndWhatIsInHandGoesOn() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "a", "a2");
        say(lanes, "acme", "b", "b1");
        lanes.clear();
        say(lanes, "acme", "a", "a2 again");
        end(0);
        assertThat(begun).containsExactly("a1", "a2 again");
    }

    @Test
    void lagIsThatOfWhatCouldBeHandled() throws Exception {
        CallLanes lanes = lanes(1);
        say(lanes, "acme", "a", "a1");
        say(lanes, "acme", "a", "a2");
        assertThat(lanes.lag()).isZero();
        say(lanes, "acme", "b", "b1");
        assertThat(lanes.lag()).isPositive();
    }
}
