package io.flexhandoff.health;

/** A failure in a line. */
final class Words {

    private Words() {}

    /** Its innermost class and message. */
    static String of(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        return inner.getClass().getSimpleName() + ": " + inner.getMessage();
    }
}
