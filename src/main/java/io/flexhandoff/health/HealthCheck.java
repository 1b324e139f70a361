package io.flexhandoff.health;

import java.util.Optional;

/** Whether something that this application cannot do without can be used. */
public interface HealthCheck {

    /** {@code broker}, {@code ledger}, {@code disk} or {@code routes}. */
    String part();

    /** What is wrong, in words for an operator and without secrets; empty when all is well. Answers within seconds. */
    Optional<String> trouble();

    /** What should be put right although all works, in words for an operator; known once {@link #trouble()} has been asked. */
    default Optional<String> warning() {
        return Optional.empty();
    }
}
