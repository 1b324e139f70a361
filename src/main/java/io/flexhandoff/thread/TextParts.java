package io.flexhandoff.thread;

import java.util.ArrayList;
import java.util.List;

/** Cuts text to Twilio's limits without breaking a character. */
public final class TextParts {

    /** Longest body of a Conversations message, in characters (Twilio's OpenAPI document). */
    public static final int MESSAGE_LIMIT = 1600;

    private TextParts() {}

    /** The text in parts of at most {@code limit} characters; joined they are the text again. */
    public static List<String> split(String text, int limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (text.length() - start > limit) {
            int end = boundary(text, start, limit);
            parts.add(text.substring(start, end));
            start = end;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** Where the next part ends: after the last white space in its second half, or at the limit. */
    private static int boundary(String text, int start, int limit) {
        for (int end = start + limit; end > start + limit / 2; end--) {
            if (Character.isWhitespace(text.charAt(end - 1))) {
                return end;
            }
        }
        return Character.isHighSurrogate(text.charAt(start + limit - 1)) ? start + limit - 1 : start + limit;
    }

    /** The text, or its beginning and an ellipsis, in at most {@code limit} characters. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Math.max(limit - 1, 0);
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return limit < 1 ? "" : text.substring(0, end).stripTrailing() + "…";
    }
}
