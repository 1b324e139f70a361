package io.flexhandoff.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that cannot be served, answered as problem details (RFC 9457). */
public class Problem extends RuntimeException {

    private final int status;
    private final String title;

    /**
     * @param status HTTP status
     * @param title the kind of problem, in a few words
     * @param detail what is wrong in this request, naming the field; never a secret
     */
    public Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    public int getStatus() {
        return status;
    }

    /** Whether it is for us to look into, and not for the caller. */
    public boolean isOurs() {
        return status == 500 || status == 503;
    }

    /** After how many seconds to ask again, {@code null} when nobody can say. */
    public Integer getRetryAfter() {
        return null;
    }

    /** The members of the answer's body. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", getMessage());
        return body;
    }
}
