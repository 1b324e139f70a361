package io.flexhandoff.org;

import io.flexhandoff.trace.UrlWords;
import java.util.List;

/**
 * The AI as one more worker of an org's workspace. Configured as {@code handoff.orgs.<name>.ai-worker.*}.
 *
 * @param sid the worker ({@code WK…}); {@code null} when the org's calls do not come through Flex
 * @param instruction how a task that is offered to the AI gets to it: {@code redirect}, which sends the call to TwiML at
 *     the address, or {@code dequeue}, which calls the address; {@code redirect} unless set
 * @param address the AI phone's: an absolute URL for {@code redirect}, a contact URI such as {@code sip:ai@example.com}
 *     for {@code dequeue}; {@code null} when the AI phone platform takes its reservations itself
 */
public record AiWorker(String sid, String instruction, String address) {

    static final AiWorker NONE = new AiWorker(null, null, null);

    private static final List<String> INSTRUCTIONS = List.of("redirect", "dequeue");

    public AiWorker {
        sid = textOrNull(sid);
        instruction = textOrNull(instruction) == null ? "redirect" : textOrNull(instruction);
        address = textOrNull(address);
    }

    /** Without white space around it, {@code null} when nothing is left. */
    static String textOrNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Whether a worker is the AI. */
    public boolean is(String workerSid) {
        return sid != null && sid.equals(workerSid);
    }

    @Override
    public String toString() {
        return "AiWorker[" + sid + ", " + instruction + "]";
    }

    void check(String prefix, List<String> problems) {
        if (sid != null && !sid.matches("WK[0-9a-fA-F]{32}")) {
            problems.add(prefix + "sid is not a SID of the form WK and 32 hexadecimal digits");
        }
        if (!INSTRUCTIONS.contains(instruction)) {
            problems.add(prefix + "instruction must be redirect or dequeue");
        }
        if (address != null && sid == null) {
            problems.add(prefix + "sid is missing: whose tasks go to the address?");
        }
        if (address != null && instruction.equals("redirect")) {
            if (!address.matches("(?is)https?://[^/?#].*")) {
                problems.add(prefix + "address must be an absolute URL, since the instruction is redirect");
            } else {
                // Twilio's SDK leaves out what it cannot read, and the call would go nowhere
                UrlWords.flaw(address).ifPresent(flaw -> problems.add(prefix + "address " + flaw));
            }
        }
    }
}
