package io.flexhandoff.component;

/** What a component does with Twilio for one message. */
@FunctionalInterface
public interface TwilioOperation {

    /** Does it, blocking, and returns the new body. */
    Object carryOut(TwilioCall call);
}
