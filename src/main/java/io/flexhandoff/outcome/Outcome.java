package io.flexhandoff.outcome;

import io.flexhandoff.late.NextTry;
import io.flexhandoff.waiting.WaitWords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What has become of a handoff: a closed list, the contract's {@code Outcome}. */
public enum Outcome {
    /** A rep has the call, or had it. */
    ACCEPTED("accepted", false, null),
    /** A rep had accepted, and soon after that the call was over: {@code handoff.transfer.watch}. */
    CUT("cut", false, "cut-off"),
    /** The call waited in the workflow until its task was canceled; reps to whom it was offered had declined it, none took it. */
    DECLINED("declined", true, "not-taken"),
    /** The call waited in the workflow until its task was canceled, by a timeout or by somebody. */
    UNANSWERED("unanswered", true, "not-taken"),
    /** Likewise, and it was offered to no rep, since nobody of its queue was signed in. */
    NO_ONE_THERE("no-one-there", false, "nobody"),
    /** The caller hung up before a rep accepted. */
    CALLER_GONE("caller-gone", false, null),
    /** Twilio refuses the transfer, and would refuse it again. */
    REFUSED("refused", false, "not-through"),
    /** Twilio did not carry out the transfer in time, or did not answer. */
    UNREACHABLE("unreachable", true, "not-through");

    private final String label;
    private final boolean tryAgain;
    private final String sentence;

    Outcome(String label, boolean tryAgain, String sentence) {
        this.label = label;
        this.tryAgain = tryAgain;
        this.sentence = sentence;
    }

    /** As contract, ledger and metrics name it. */
    public String label() {
        return label;
    }

    /**
     * That of a handoff that has reached a state; empty when the state is none.
     *
     * @param next what becomes of an escalation that failed; {@code null} when something else led there
     * @param known the handoff's row of the ledger, which tells why nobody took the call; {@code null} where that is not asked
     */
    public static Optional<Outcome> of(String state, NextTry next, Map<?, ?> known) {
        return switch (state) {
            case "accepted" -> Optional.of(ACCEPTED);
            case "abandoned" -> Optional.of(CALLER_GONE);
            case "cut" -> Optional.of(CUT);
            case "failed" ->
                next == null
                        ? named(known == null ? null : known.get("outcome")).or(() -> Optional.of(UNANSWERED))
                        : Optional.of(next.refused() ? REFUSED : UNREACHABLE);
            default -> Optional.empty();
        };
    }

    private static Optional<Outcome> named(Object label) {
        return Stream.of(values()).filter(each -> each.label.equals(label)).findFirst();
    }

    /**
     * As the contract shows it; {@code null} for no outcome.
     *
     * @param label as the ledger has it, may be {@code null}
     * @param language of the call, a BCP-47 tag; {@code null} for English
     */
    public static Map<String, Object> view(String label, String language) {
        Outcome outcome = named(label).orElse(null);
        if (outcome == null) {
            return null;
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("result", outcome.label);
        view.put("tryAgain", outcome.tryAgain);
        if (outcome.sentence != null) {
            WaitWords words = WaitWords.in(language == null ? "en" : language);
            view.put("sentence", words.of(outcome.sentence));
            view.put("language", words.language());
        }
        return view;
    }
}
