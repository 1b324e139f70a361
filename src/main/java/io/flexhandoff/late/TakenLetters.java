package io.flexhandoff.late;

import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.util.List;

/**
 * Dead letters that are held by a transaction of the broker: nobody else gets them until it ends, and when it ends
 * without a commit they are where they were.
 *
 * @param held in the order in which they first failed
 */
public record TakenLetters(JMSContext transaction, List<Held> held) {

    /** A dead letter and its message. */
    record Held(DeadLetter letter, Message message) {}

    /** The dead letters themselves. */
    public List<DeadLetter> letters() {
        return held.stream().map(Held::letter).toList();
    }
}
