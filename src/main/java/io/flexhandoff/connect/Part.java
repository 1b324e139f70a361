package io.flexhandoff.connect;

import io.flexhandoff.connect.ConnectPlan.Change;
import java.util.List;

/** A part of an account that connect sets up. Its state is a text: what is kept to restore it, and to see who changed it. */
interface Part {

    /** By which the ledger knows it. */
    String name();

    /** In words, for people. */
    String resource();

    /** What stands in the account now, {@code null} for nothing. */
    String state();

    /** What should stand there. {@code replace}: what is somebody else's may be displaced. */
    Wish wish(boolean replace);

    /**
     * Makes a state what stands in the account.
     *
     * @param state one that {@link #state()} or {@link #wish} gave, {@code null} for nothing
     */
    void write(String state);

    /** A state as a person may see it. */
    String shown(String state);

    /**
     * @param state what should stand there
     * @param changes what that changes, none when it stands there already
     * @param notes what a person should know besides
     */
    record Wish(String state, List<Change> changes, List<String> notes) {

        static Wish nothing(String state) {
            return new Wish(state, List.of(), List.of());
        }

        boolean isFree() {
            return changes.stream().allMatch(change -> change.problem() == null);
        }
    }
}
