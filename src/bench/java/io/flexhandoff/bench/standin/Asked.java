package io.flexhandoff.bench.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request.
 *
 * @param query still encoded, may be {@code null}
 * @param form still encoded
 */
record Asked(String method, String path, String query, String form) {

    boolean isPost() {
        return method.equals("POST");
    }

    boolean isDelete() {
        return method.equals("DELETE");
    }

    /** The path's parts, the product first. */
    String[] parts() {
        return path.substring(1).split("/");
    }

    /** SID of the account, the service or the workspace that is asked; {@code -} when none is. */
    String owner() {
        String[] parts = parts();
        return parts.length > 3 ? parts[3] : "-";
    }

    boolean isToTaskRouter() {
        return path.startsWith("/taskrouter/");
    }

    /** A field of the form, or {@code null}. */
    String field(String name) {
        return first(form, name);
    }

    String field(String name, String otherwise) {
        String value = field(name);
        return value == null ? otherwise : value;
    }

    /** A parameter of the query, or {@code null}. */
    String parameter(String name) {
        return query == null ? null : first(query, name);
    }

    int number(String parameter, int otherwise) {
        String value = parameter(parameter);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** All values of a parameter of the query. */
    List<String> parameters(String name) {
        List<String> values = new ArrayList<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    values.add(decoded(pair.substring(name.length() + 1)));
                }
            }
        }
        return values;
    }

    private static String first(String encoded, String name) {
        int from = 0;
        while (from < encoded.length()) {
            int end = encoded.indexOf('&', from);
            end = end < 0 ? encoded.length() : end;
            int value = from + name.length();
            if (value < end && encoded.charAt(value) == '=' && encoded.startsWith(name, from)) {
                return decoded(encoded.substring(value + 1, end));
            }
            from = end + 1;
        }
        return null;
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
