package io.flexhandoff.checkup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a check came out. */
public enum Status {
    OK,
    /** Handoffs work, but something will go wrong or is going wrong beside them. */
    WARNING,
    /** Handoffs do not work as they should. */
    FAILED,
    /** Not looked at, or it could not be told. */
    SKIPPED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
