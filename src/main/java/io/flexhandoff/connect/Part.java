package io.flexhandoff.connect;

import io.flexhandoff.connect.ConnectPlan.Change;
import java.util.List;
import java.util.Optional;

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

    /**
     * What stands there without what connect put in, when somebody else has changed the rest since.
     *
     * @param before what stood there before connect, {@code null} for nothing
     * @return empty when the two cannot be told apart
     */
    default Optional<String> takenOut(String present, String before) {
        return Optional.empty();
    }

    /** A state as a person may see it. */
    String shown(String state);

    /**
     * @param present what stands there
     * @param state what should stand there
     * @param changes what that changes, none when it stands there already
     * @param notes what a person should know besides
     */
    record Wish(String present, String state, List<Change> changes, List<String> notes) {

        static Wish nothing(String state) {
            return new Wish(state, state, List.of(), List.of());
        }
    }
}
