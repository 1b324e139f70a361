package io.flexhandoff.trace;

/** What a failure says, without what the libraries above it have wrapped around it. */
public final class FailureWords {

    private FailureWords() {}

    /** The failure in a line: its innermost class and message. */
    public static String of(Throwable failure) {
        Throwable inner = innermost(failure);
        return inner.getClass().getSimpleName() + ": " + inner.getMessage();
    }

    /** The cause of all the others. */
    public static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
