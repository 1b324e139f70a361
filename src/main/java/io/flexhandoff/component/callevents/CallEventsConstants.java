package io.flexhandoff.component.callevents;

/** What the consumer keeps with an exchange. */
final class CallEventsConstants {

    /** Exchange property: the {@link Escalating} of an escalation. */
    static final String ESCALATING = "CamelCallEventsEscalating";

    private CallEventsConstants() {}
}
