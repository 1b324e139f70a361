package io.flexhandoff.api;

/** There is no such thing, or it is another org's. */
public final class NotFound extends Problem {

    public NotFound(String detail) {
        super(404, "Not found", detail);
    }
}
