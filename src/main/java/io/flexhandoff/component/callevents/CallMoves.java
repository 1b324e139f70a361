package io.flexhandoff.component.callevents;

/** Is told when the broker gives this node the events of calls that another node may have worked on. */
@FunctionalInterface
public interface CallMoves {

    /** @param group JMS message group of one of the calls; the broker moves all those that share its bucket */
    void moved(String group);
}
