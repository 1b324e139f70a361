package io.flexhandoff.trace;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Trace contexts as W3C's Trace Context, Level 1, writes them: {@code 00-<trace id>-<parent id>-<flags>}. No spans are recorded here:
 * what a request brings goes on unchanged, as that recommendation asks of those that take no part in a trace. Bound as {@code traces}.
 */
public final class Traces implements Processor {

    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * The trace of a request or event, or a new one that nobody records when it has none that can be read.
     *
     * @param traceparent the header of that name, may be {@code null}
     */
    public String of(String traceparent) {
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                ? traceparent
                : "00-" + hex(16) + "-" + hex(8) + "-00";
    }

    /** Puts the trace of a request into the variable {@code trace}. */
    @Override
    public void process(Exchange exchange) {
        exchange.setVariable("trace", of(exchange.getMessage().getHeader("traceparent", String.class)));
    }

    /** The trace id of a context. */
    static String id(String trace) {
        return trace.substring(3, 35);
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        id[0] |= 1;
        return HexFormat.of().formatHex(id);
    }
}
