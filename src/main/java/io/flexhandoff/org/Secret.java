package io.flexhandoff.org;

import java.util.regex.Pattern;

/**
 * A secret as it comes from the environment, a settings file or a mounted file, where editors and shells leave what nobody sees: the
 * end of a line, a blank, a byte order mark.
 */
public final class Secret {

    /** White space of every sort, control characters, and what takes no room. */
    private static final String UNSEEN = "[\\s\\p{Z}\\p{Cc}\\p{Cf}]";

    private static final Pattern AROUND = Pattern.compile("^" + UNSEEN + "+|" + UNSEEN + "+$");
    private static final Pattern INSIDE = Pattern.compile(UNSEEN);
    private static final Pattern LINE_ENDS = Pattern.compile("^\\uFEFF|[\\r\\n]+$");

    private Secret() {}

    /**
     * A key or token, in which there is no white space: what surrounds it is not part of it.
     *
     * @param value may be {@code null}
     * @throws IllegalArgumentException naming the property when there is some inside
     */
    public static String token(String property, String value) {
        if (value == null) {
            return null;
        }
        String token = AROUND.matcher(value).replaceAll("");
        if (INSIDE.matcher(token).find()) {
            throw new IllegalArgumentException(
                    property + " has white space or a character that is not seen in the middle");
        }
        return token;
    }

    /**
     * A password or a user's name, which may have blanks: the end of a line is not part of it.
     *
     * @param value may be {@code null}
     * @throws IllegalArgumentException naming the property when it begins or ends with what nobody sees
     */
    public static String password(String property, String value) {
        if (value == null) {
            return null;
        }
        String password = LINE_ENDS.matcher(value).replaceAll("");
        if (AROUND.matcher(password).find()) {
            throw new IllegalArgumentException(
                    property + " begins or ends with white space or a character that is not seen: take that away");
        }
        return password;
    }
}
