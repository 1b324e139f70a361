package io.flexhandoff.workflow;

/** An expression or workflow configuration that TaskRouter could not evaluate; the message says what is wrong and where. */
public final class ExpressionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    ExpressionException(String expression, int position, String problem) {
        super(problem + " at position " + position + " of: " + expression);
        this.position = position;
    }

    ExpressionException(String problem) {
        super(problem);
        this.position = 0;
    }

    /** Where the problem was found: the number of characters before it, 0 when the problem is not in an expression. */
    public int position() {
        return position;
    }
}
