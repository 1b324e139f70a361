package io.flexhandoff.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flexhandoff.api.Contract;
import io.flexhandoff.api.Decisions;
import io.flexhandoff.api.Taken;
import io.flexhandoff.event.CallEvent;
import io.flexhandoff.event.Escalation;
import io.flexhandoff.flex.CustomData;
import io.flexhandoff.ledger.Ledger;
import io.flexhandoff.org.Orgs;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what Twilio asks when the AI's {@code <Connect>} is over, and what comes next for the caller (Twilio documentation, {@code
 * <ConversationRelay>}, "Result of TwiML execution"). A session of ConversationRelay tells how it ended; a {@code <Stream>} is none, and
 * tells nothing. Bound as {@code relaySessions}.
 */
public final class RelaySessions {

    /** What follows {@code connect-action} in the URL when the session that is over was the second one. */
    private static final String AGAIN = "connect-action/again";

    private static final Set<String> OVER = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /** So often a caller who holds is asked again before the redirect that somebody else began counts for nothing. */
    private static final int PATIENCE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RelaySessions.class);

    private final Orgs orgs;
    private final DoorUrls urls;
    private final Contract contract;
    private final Decisions decisions;
    private final ObjectMapper json;
    private final HandoffData handoffData;
    private final Clock clock;

    public RelaySessions(
            Orgs orgs, DoorUrls urls, Contract contract, Decisions decisions, ObjectMapper json, Clock clock) {
        this.decisions = decisions;
        this.orgs = orgs;
        this.urls = urls;
        this.contract = contract;
        this.json = json;
        this.handoffData = new HandoffData(json);
        this.clock = clock;
    }

    /** Whether nobody is on the line any more. */
    public boolean over(Map<String, String> form) {
        return OVER.contains(form.getOrDefault("CallStatus", ""));
    }

    /** How a call without a handoff ended, {@code null} when the AI resolved it. */
    public String outcome(Map<String, String> form) {
        return switch (form.getOrDefault("CallStatus", "")) {
            case "busy", "failed" -> "failed";
            case "no-answer", "canceled" -> "abandoned";
            default -> null;
        };
    }

    /**
     * Whether a human is to take the call: the application says so with HandoffData, whatever is in it, or the session broke
     * down under a live call. An application that just ends its session, or closes its stream, is done with the caller.
     */
    public boolean handsOver(Map<String, String> form) {
        return !over(form) && (hasHandoffData(form) || brokeDown(form));
    }

    /**
     * Whether the AI gets another session, since its first one broke down.
     *
     * @param callback the path that was asked, which tells the first from the second
     */
    public boolean triesAgain(String org, Map<String, String> form, String callback) {
        return orgs.get(org).relayFailure().retries()
                && !callback.equals(AGAIN)
                && !over(form)
                && !hasHandoffData(form)
                && "failed".equals(form.get("SessionStatus"));
    }

    /** The TwiML of the AI's second session. */
    public String again(String org) {
        return orgs.get(org).relayFailure().again(urls.voice(org, AGAIN));
    }

    private static boolean hasHandoffData(Map<String, String> form) {
        return !form.getOrDefault("HandoffData", "").isBlank();
    }

    private static boolean brokeDown(Map<String, String> form) {
        boolean session = form.containsKey("SessionId") || form.containsKey("SessionStatus");
        return session && !Set.of("ended", "completed").contains(form.getOrDefault("SessionStatus", ""));
    }

    /**
     * Whether an escalation of the call is on its way, and the caller with it.
     *
     * @param known what the ledger says of the call's latest handoff, {@code null} when it says nothing
     */
    public boolean onItsWay(String org, String callSid, Map<String, String> form, Map<String, Object> known) {
        boolean begun = known != null && Set.of("escalated", "transferred").contains(known.get("state"));
        return !over(form) && (begun || decisions.isAhead(org, callSid, known));
    }

    /** The escalation, with everything that can be understood of HandoffData. */
    public Escalation escalation(String org, Map<String, String> form) {
        ObjectNode fields = handoffData.escalation(form.get("HandoffData"));
        if (!fields.has("reason") && "failed".equals(form.get("SessionStatus"))) {
            fields.put("reason", "The AI's session failed, error " + form.getOrDefault("ErrorCode", "unknown"));
        }
        boolean outbound = form.getOrDefault("Direction", "").startsWith("outbound");
        String from = form.get(outbound ? "To" : "From");
        ObjectNode defaults = json.createObjectNode()
                .put("id", form.getOrDefault("SessionId", "connect-action"))
                .put("occurredAt", clock.instant().toString());
        if (from != null) {
            defaults.put("from", from);
        }
        Taken<Escalation> taken = contract.salvaged(fields, defaults);
        Escalation said = taken.value();
        String leftOut = taken.with(
                        CustomData.of(said.customData(), orgs.get(org).threadAttribute())
                                .leftOut())
                .leftOut();
        if (leftOut != null) {
            LOG.warn("{}/{}: HandoffData is taken without: {}", org, form.get("CallSid"), leftOut);
        }
        return said.without(leftOut);
    }

    /**
     * Asks the ledger who moves the call.
     *
     * @param wanted whether we would
     * @param insist whether we do, although somebody else began to: the call is still here
     * @param session id of the session's escalation; {@code null} when nothing is wanted
     * @param handoffTimestamp what the task will have as its attribute of that name
     * @param fresh whether the session has just ended: a caller whom a rep had has come back, then
     */
    public record Claim(
            String org,
            String callSid,
            boolean wanted,
            boolean insist,
            String session,
            String handoffTimestamp,
            boolean fresh) {}

    /** @param asked how often the caller was asked to hold */
    public Claim claim(String org, String callSid, int asked, Escalation escalation) {
        return new Claim(
                org,
                callSid,
                !awaits(org, callSid, asked),
                asked >= PATIENCE,
                escalation.id(),
                escalation.occurredAt().toString(),
                asked == 0);
    }

    /** Whether a caller who holds waits for an escalation that this node has taken in and the ledger may not know yet. */
    private boolean awaits(String org, String callSid, int asked) {
        return asked > 0 && asked < PATIENCE && decisions.hasTaken(org, callSid);
    }

    /** Whether somebody else moves the call. @param known as it is after the {@link #claim} */
    public boolean othersMove(String org, String callSid, int asked, Map<String, Object> known) {
        return known == null ? awaits(org, callSid, asked) : known.get("enqueued_at") == null;
    }

    /** Only asks. */
    public Claim glance(String org, String callSid) {
        return new Claim(org, callSid, false, false, null, null, false);
    }

    /** Where a caller who holds is asked again. */
    public String holdUrl(String org, int asked) {
        return urls.voice(org, "hold/" + (asked + 1));
    }

    /** @param callback {@code hold/} and how often the caller was asked to hold */
    public int asked(String callback) {
        String number = callback.replaceFirst("hold/", "");
        return number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : PATIENCE;
    }

    /**
     * The event of a session's escalation.
     *
     * @param event as it is without a look at the ledger
     * @param known the row of the handoff that it begins or joins, {@code null} when the ledger has not answered
     */
    public CallEvent.Escalated decided(CallEvent.Escalated event, Map<String, Object> known) {
        if (known == null) {
            return event.after(CallEvent.Escalated.NOT_KNOWN);
        }
        boolean again = Objects.equals(event.escalation().id(), known.get("escalation_id"));
        return event.after(again ? Ledger.begunAfter(known) : ((Number) known.get("decision")).intValue() - 1);
    }
}
