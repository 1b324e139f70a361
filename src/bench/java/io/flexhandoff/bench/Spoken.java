package io.flexhandoff.bench;

/**
 * What is said in a call; its text tells which call and which turn it belongs to.
 *
 * @param sequence counted from 1
 */
record Spoken(int call, int sequence) {

    String speaker() {
        return sequence % 2 == 1 ? "caller" : "ai";
    }

    String mark() {
        return "[call " + call + ", turn " + sequence + "]";
    }

    String text() {
        return mark()
                + (sequence % 2 == 1
                        ? " I was charged twice for the order that I placed last week, can you look into it?"
                        : " I can see two charges on your card. Let me check which of them belongs to the order.");
    }
}
