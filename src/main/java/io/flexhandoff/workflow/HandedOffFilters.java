package io.flexhandoff.workflow;

import io.flexhandoff.workflow.WorkflowConfiguration.Filter;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What filters have to do with handed-off calls, as far as their expressions prove it for every call. */
public final class HandedOffFilters {

    private static final String HANDED_OFF = "handedOff";

    private static final List<String> SIX = List.of(
            HANDED_OFF, "handoffReason", "handoffSummary", "handoffSentiment", "handoffLanguage", "handoffTimestamp");

    private static final Map<String, Object> HANDED_OFF_CALL = Map.of(HANDED_OFF, true);

    private static final Map<String, Object> WITH_CALL_SID =
            Map.of(HANDED_OFF, true, "call_sid", "CA00000000000000000000000000000000");

    private HandedOffFilters() {}

    /** Whether it may take handed-off calls, and never takes one without the attributes of a handoff. */
    public static boolean takes(Filter filter) {
        return filter.parsed() != null
                && filter.parsed().canMatch(HANDED_OFF_CALL)
                && !filter.parsed().canMatch(otherCall(null));
    }

    /** Whether it takes every handed-off call, and no other. */
    public static boolean takesAll(Filter filter) {
        return takes(filter) && filter.parsed().mustMatch(WITH_CALL_SID);
    }

    /** Whether it may take calls that say that they are not handed off. */
    public static boolean takesNotHandedOff(Filter filter) {
        return filter.parsed() != null && notHandedOff().anyMatch(filter.parsed()::canMatch);
    }

    /** Whether it asks for {@code handedOff} so that no handed-off call ever matches, and means them. */
    public static boolean isInVain(Filter filter) {
        return filter.parsed() == null
                ? filter.expression().contains(HANDED_OFF)
                : filter.parsed().names().contains(HANDED_OFF)
                        && !filter.parsed().canMatch(HANDED_OFF_CALL)
                        && !takesNotHandedOff(filter);
    }

    /** Whether it is for calls that are not handed off. */
    public static boolean leavesOut(Filter filter) {
        return filter.parsed() != null
                && filter.parsed().names().contains(HANDED_OFF)
                && !filter.parsed().canMatch(HANDED_OFF_CALL)
                && takesNotHandedOff(filter);
    }

    /** Whether it asks for anything that a handoff writes. */
    public static boolean asks(Filter filter) {
        return filter.parsed() != null && filter.parsed().names().stream().anyMatch(SIX::contains);
    }

    /** The ways in which people say no. */
    private static Stream<Map<String, Object>> notHandedOff() {
        return Stream.of(null, false, "false", "no", "0", BigDecimal.ZERO).map(HandedOffFilters::otherCall);
    }

    private static Map<String, Object> otherCall(Object handedOff) {
        Map<String, Object> call = new HashMap<>();
        SIX.forEach(name -> call.put(name, null));
        call.put(HANDED_OFF, handedOff);
        return Collections.unmodifiableMap(call);
    }
}
