package io.flexhandoff.api;

/** An operation of the contract that this version does not serve. */
public final class Planned extends Problem {

    public Planned(String detail) {
        super(501, "Not implemented", detail);
    }
}
