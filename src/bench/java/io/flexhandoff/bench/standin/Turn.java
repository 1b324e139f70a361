package io.flexhandoff.bench.standin;

/**
 * What is said in a call. Its text begins with a mark that tells whose it is and which.
 *
 * @param call number of the call, from 0
 * @param sequence counted from 1
 */
public record Turn(int call, int sequence) {

    private static final String MARK = "[call ";
    private static final String TURN = ", turn ";

    /** @return the turn whose mark is in a message's text, or {@code null} */
    static Turn in(String text) {
        int mark = text.indexOf(MARK);
        int turn = mark < 0 ? -1 : text.indexOf(TURN, mark);
        if (turn < 0) {
            return null;
        }
        int end = text.indexOf(']', turn);
        return new Turn(
                Integer.parseInt(text, mark + MARK.length(), turn, 10),
                Integer.parseInt(text, turn + TURN.length(), end, 10));
    }

    /** SID of the call with this number. */
    public static String callSid(int call) {
        return "CA%032x".formatted(call);
    }

    /** Number of the call with this SID. */
    public static int call(String callSid) {
        return Integer.parseInt(callSid.substring(2), 16);
    }

    public String callSid() {
        return callSid(call);
    }

    public boolean byCaller() {
        return sequence % 2 == 1;
    }

    public String text() {
        return MARK
                + call
                + TURN
                + sequence
                + (byCaller()
                        ? "] I was charged twice for the order that I placed last week, can you look into it?"
                        : "] I can see two charges on your card. Let me check which of them belongs to the order.");
    }
}
