package io.flexhandoff.dial;

import io.flexhandoff.event.Escalation;
import io.flexhandoff.event.HandoffContext;
import io.flexhandoff.thread.TextParts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The six facts of a handoff as {@code X-} headers of a SIP call, which Twilio takes from the query of its URI. */
final class SipHeaders {

    /** All headers together, in characters, have fewer (Twilio error 21227). */
    private static final int LIMIT = 1024;

    /** Of the reason, encoded: the summary has the rest. */
    private static final int REASON_LIMIT = 360;

    private static final int LANGUAGE_LIMIT = 64;
    private static final String SUMMARY = "X-Handoff-Summary";

    private SipHeaders() {}

    /** The headers as the query of a SIP URI; the summary is cut to what is left. */
    static String query(Escalation escalation, HandoffContext context) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Handed-Off", "true");
        headers.put("X-Handoff-Timestamp", escalation.occurredAt().toString());
        headers.put("X-Handoff-Language", TextParts.cut(context.language(), LANGUAGE_LIMIT));
        headers.put("X-Handoff-Sentiment", context.sentiment());
        headers.put("X-Handoff-Reason", fitting(context.reason(), REASON_LIMIT));
        headers.put(
                SUMMARY,
                fitting(context.summary(), LIMIT - encoded(headers).length() - SUMMARY.length() - "&=".length()));
        return encoded(headers);
    }

    /** As much of it as has fewer characters than the room when it is encoded: one of Japanese takes nine. */
    private static String fitting(String text, int room) {
        int length = text.length();
        while (length > 0 && encode(line(text, length)).length() >= room) {
            length = Math.min(
                    length - 1, length * room / encode(line(text, length)).length());
        }
        return line(text, length);
    }

    /** A header is one line. */
    private static String line(String text, int limit) {
        return TextParts.cut(text.replaceAll("\\s+", " ").strip(), limit);
    }

    private static String encoded(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + "=" + encode(header.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
