package io.flexhandoff.unanswered;

import io.flexhandoff.component.taskrouter.TaskView;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.TaskChange;
import io.flexhandoff.event.UnansweredEvent;
import io.flexhandoff.event.UnansweredEvent.StepDue;
import io.flexhandoff.flex.CanceledTask;
import io.flexhandoff.late.EventPost;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.twilio.TwilioFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Plans what is done for callers whom nobody answers, and tells who has them. Bound as {@code unanswered}.
 *
 * <p>Whether a rep who accepts at that moment or a step has the caller is decided by TaskRouter, see {@link #isTaken}: a step that ends the
 * wait cancels the task first, and moves the call only when that was it.
 */
public final class UnansweredSteps {

    /** How much later a step looks again that a rep who is being asked puts off. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    /** So often at most: a reservation lasts two minutes unless a workflow says otherwise. */
    private static final int MOST_LOOKS = 24;

    private final Map<String, Ladder> ladders;
    private final Function<String, Optional<Ladder>> ofCalls;
    private final Clock clock;

    /**
     * @param ladders by org; an org without one lets callers wait as long as its workflow does
     * @param ofCalls the ladder of a call whose org has none, by its SID
     */
    public UnansweredSteps(Map<String, Ladder> ladders, Function<String, Optional<Ladder>> ofCalls, Clock clock) {
        this.ladders = Map.copyOf(ladders);
        this.ofCalls = ofCalls;
        this.clock = clock;
    }

    /** What the org does; {@code null} for nothing. */
    public Ladder ladder(String org) {
        return ladders.get(org);
    }

    private Optional<Ladder> ladder(String org, String callSid) {
        return Optional.ofNullable(ladders.get(org)).or(() -> ofCalls.apply(callSid));
    }

    /** What the step {@code other-queue} writes on the task. */
    public Map<String, Object> otherQueue(String org, String callSid) {
        return Map.of("handoffQueue", required(org, callSid).queue());
    }

    /** The workflow that gets the task to come back to a caller. */
    public String workflow(String org, String callSid) {
        return required(org, callSid).workflowSid();
    }

    /** The channel of that task. */
    public String taskChannel(String org, String callSid) {
        return required(org, callSid).taskChannel();
    }

    private Ladder required(String org, String callSid) {
        return ladder(org, callSid)
                .orElseThrow(() -> new IllegalStateException("The org " + org + " has no ladder any more"));
    }

    /**
     * What is done next for a caller who waits, as the contract has it: {@code step} and {@code at}.
     *
     * @param known the handoff's row of the ledger
     */
    public Optional<Map<String, Object>> planned(Map<String, Object> known) {
        if (!"transferred".equals(known.get("state"))) {
            return Optional.empty();
        }
        int done = number(known.get("unanswered_done"));
        Instant since = Ledger.instant(known.get(done == 0 ? "transferred_at" : "unanswered_at"));
        return ladder((String) known.get("org"), (String) known.get("call_sid"))
                .filter(ladder -> ladder.has(done + 1))
                .map(ladder -> Map.of("step", ladder.step(done + 1), "at", since.plus(ladder.before(done + 1))));
    }

    /**
     * Since when a caller has waited; {@code null} when that is not known, or so short that TaskRouter, which takes no time in the future, may
     * take it for one.
     *
     * @param known the handoff's row of the ledger, or {@code null}
     */
    public Instant since(Map<String, Object> known) {
        Instant since = known == null ? null : Ledger.instant(known.get("transferred_at"));
        return since == null || since.isAfter(clock.instant().minus(CLOCKS_DIFFER)) ? null : since;
    }

    /**
     * The next step of a ladder, for the queue: none when the ladder has no further.
     *
     * @param decision which handoff of the call, counted from 1; {@code null} for the first
     * @param done the number of the step that is done, 0 when the call has just been transferred
     * @param since when that was, {@code null} for now
     */
    public List<EventPost> next(String org, String callSid, Integer decision, int done, Instant since) {
        Ladder ladder = ladder(org, callSid).orElse(null);
        int number = done + 1;
        if (ladder == null || !ladder.has(number)) {
            return List.of();
        }
        Instant now = clock.instant();
        Instant due = (since == null ? now : since).plus(ladder.before(number));
        StepDue step = new StepDue(org, callSid, now, decision == null ? 1 : decision, number, ladder.step(number), 0);
        return List.of(EventPost.at(step, due));
    }

    /** The same step once more, a little later; none when it has been put off long enough. */
    public List<EventPost> again(StepDue step) {
        if (step.look() >= MOST_LOOKS) {
            return List.of();
        }
        Instant now = clock.instant();
        StepDue again = new StepDue(
                step.org(), step.callSid(), now, step.decision(), step.number(), step.step(), step.look() + 1);
        return List.of(EventPost.at(again, now.plus(AGAIN)));
    }

    /** A step that a waiting caller asks for. */
    public CallEvent wish(String org, String callSid, String step) {
        return new StepDue(org, callSid, clock.instant(), 0, StepDue.WISHED, step, 0);
    }

    /** A caller whom a step has taken has come to its door. */
    public CallEvent arrived(String org, String callSid, int decision, int number) {
        return new UnansweredEvent.CallerArrived(org, callSid, clock.instant(), decision, number);
    }

    CallEvent voicemailLeft(String org, String callSid, int decision, String recordingSid, String url, int seconds) {
        return new UnansweredEvent.VoicemailLeft(org, callSid, clock.instant(), decision, recordingSid, url, seconds);
    }

    /**
     * Bound as {@code unansweredClaimed}. In: variables {@code event}, a {@link StepDue}, and {@code known}, the handoff's row of the
     * ledger, with {@code claimed}. Out: variables {@code decision}; {@code due}, whether this try carries the step out; {@code done},
     * whether an earlier one has.
     *
     * @throws TwilioFailure while another try may be at it
     * @throws IllegalStateException while the ledger does not know yet that the call is transferred
     */
    public Processor claimed() {
        return UnansweredSteps::claimed;
    }

    private static void claimed(Exchange exchange) {
        StepDue step = exchange.getVariable("event", StepDue.class);
        Map<?, ?> known = exchange.getVariable("known", Map.class);
        boolean due = known != null && number(known.get("claimed")) > 0;
        boolean done = known != null && number(known.get("unanswered_done")) == step.number();
        if (!due && !done && known != null) {
            if ("escalated".equals(known.get("state"))) {
                throw new IllegalStateException("The ledger does not know yet that the call waits in the workflow");
            }
            if ("transferred".equals(known.get("state")) && number(known.get("unanswered_done")) < step.number()) {
                throw TwilioFailure.inFlight(step.step());
            }
        }
        exchange.setVariable("decision", known == null ? null : known.get("decision"));
        exchange.setVariable("due", due);
        exchange.setVariable("done", done);
        exchange.setVariable("taken", false);
        exchange.setVariable("putOff", false);
    }

    /** Why a step cancels the task, in words that tell it from every other. */
    public String reason(StepDue step) {
        return step.isWished() ? "the caller asked for " + step.step() : "nobody answered: " + step.step();
    }

    /**
     * Whether a step has the caller, and no rep.
     *
     * @param task as it is after it was to be canceled, {@code null} when Twilio has forgotten it
     */
    public boolean isTaken(TaskView task, String reason) {
        return task != null && "canceled".equals(task.assignmentStatus()) && Objects.equals(task.reason(), reason);
    }

    /** What TaskRouter tells of the task too, if it tells us anything. @param task canceled by a step */
    public TaskChange change(TaskView task) {
        CanceledTask canceled = new CanceledTask(task.reason());
        return new TaskChange(
                canceled.change(),
                task.sid(),
                null,
                null,
                true,
                clock.instant(),
                canceled.cause(),
                Objects.toString(task.attributes().get("handoffTimestamp"), null));
    }

    private static int number(Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
