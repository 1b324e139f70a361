package io.flexhandoff.trace;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.slf4j.MDC;

/**
 * For which call a thread works, and in which trace: what its log lines carry as {@code org}, {@code callSid} and {@code traceId}, and what
 * its requests to Twilio carry as {@code traceparent}.
 *
 * @param org {@code null} when it is not known
 * @param callSid {@code null} when it is not known
 * @param trace as {@link Traces} makes it, {@code null} for none
 */
public record CallContext(String org, String callSid, String trace) {

    private static final CallContext NONE = new CallContext(null, null, null);
    private static final ThreadLocal<CallContext> CURRENT = ThreadLocal.withInitial(() -> NONE);

    /** What the thread works for. */
    public static CallContext current() {
        return CURRENT.get();
    }

    /** That of an exchange: its variables {@code org}, {@code callSid} and {@code trace}. */
    public static CallContext of(Exchange exchange) {
        CallContext current = CURRENT.get();
        String org = text(exchange, "org");
        String callSid = text(exchange, "callSid");
        String trace = text(exchange, "trace");
        return Objects.equals(org, current.org)
                        && Objects.equals(callSid, current.callSid)
                        && Objects.equals(trace, current.trace)
                ? current
                : new CallContext(org, callSid, trace);
    }

    private static String text(Exchange exchange, String variable) {
        return exchange.getVariable(variable) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** The thread works for this call until the scope is closed. */
    public Scope enter() {
        CallContext before = CURRENT.get();
        if (!equals(before)) {
            become();
        }
        return new Scope(before);
    }

    private void become() {
        CURRENT.set(this);
        log("org", org);
        log("callSid", callSid);
        log("traceId", trace == null ? null : Traces.id(trace));
    }

    private static void log(String name, String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }

    /** Work of a thread for a call. */
    public static final class Scope implements AutoCloseable {

        private final CallContext before;

        private Scope(CallContext before) {
            this.before = before;
        }

        /** The thread works for what it did before. */
        @Override
        public void close() {
            if (!before.equals(CURRENT.get())) {
                before.become();
            }
        }
    }
}
