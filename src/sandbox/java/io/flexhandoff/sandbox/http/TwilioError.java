package io.flexhandoff.sandbox.http;

import io.vertx.core.json.JsonObject;

/** An error as Twilio answers it: an HTTP status and a body with Twilio's own code. */
public final class TwilioError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /** @param code Twilio's own, five digits */
    public TwilioError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** A resource that is not there. */
    public static TwilioError notFound(String resource) {
        return new TwilioError(404, 20404, "The requested resource " + resource + " was not found");
    }

    /** A parameter that is missing or not valid. */
    public static TwilioError invalid(String message) {
        return new TwilioError(400, 20001, message);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The body of the answer. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("code", code)
                .put("message", getMessage())
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
    }
}
