package io.flexhandoff.checkup;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How one check came out, as the API answers it.
 *
 * @param told see {@link Outcome}
 */
public record Finding(
        String name,
        Status status,
        String found,
        String cause,
        String fix,
        @JsonIgnore boolean told) {

    static Finding of(String name, Outcome outcome) {
        return new Finding(name, outcome.status(), outcome.found(), outcome.cause(), outcome.fix(), outcome.told());
    }
}
