package io.flexhandoff.sandbox.twilio;

/** Who is told of all that happens in the sandbox. */
@FunctionalInterface
public interface Changes {

    /** A resource ({@code call}, {@code task}, {@code conversation}, {@code worker} or {@code fault}) is not as it was. */
    void changed(String resource, String sid);
}
